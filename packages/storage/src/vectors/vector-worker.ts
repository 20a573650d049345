// The thread behind `vector-store.ts`.
import { parentPort, workerData } from 'node:worker_threads'
import { openVectorDatabase } from './vector-database.ts'
import { VectorRefusal } from './vector-refusal.ts'

interface Call {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

const database: Readonly<Record<string, unknown>> = openVectorDatabase(String(workerData.path))

parentPort?.on('message', ({ id, method, args }: Call) => {
  try {
    const work = database[method]
    if (typeof work !== 'function') throw new Error(`There is no ${method}`)
    parentPort?.postMessage({ id, value: work(...args) })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    parentPort?.postMessage({ id, error: { message, isRefusal: error instanceof VectorRefusal } })
  }
})
parentPort?.postMessage('ready')
