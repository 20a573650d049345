import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { AppError } from '@runnel/protocol/errors'
import type { VectorDatabase } from './vector-database.ts'

type Method = Exclude<keyof VectorDatabase, 'index' | 'close'>
type Async<Work> = Work extends (...args: infer Args) => infer Value ? (...args: Args) => Promise<Value> : never

/**
 * Collections of chunks of text with a vector each, in a file of their own, found by meaning, by words or by both.
 * Every call is a transaction; an AppError `invalid_field` says what the user can change.
 */
export type VectorStore = { readonly [Name in Method]: Async<VectorDatabase[Name]> } & {
  /** Whether anything was ever kept: asking makes no file and starts no thread. */
  exists(): boolean
  /** Ends the thread once the calls that were made have been answered. */
  close(): Promise<void>
}

interface Answer {
  readonly id: number
  readonly value?: unknown
  readonly error?: { readonly message: string; readonly isRefusal: boolean }
}

const METHODS: readonly Method[] = [
  'find',
  'list',
  'create',
  'describe',
  'remove',
  'removeOwner',
  'known',
  'add',
  'search',
  'page',
  'metadataKeys',
  'sources',
  'removeChunks',
  'removeKeys',
  'replace',
  'chunk',
  'keepOnly',
  'lacking',
  'takePlace',
]

/** From source the thread is a file beside this one, in the bundle one beside the bundle. */
const THREAD = new URL(import.meta.url.endsWith('.ts') ? './vector-worker.ts' : './vector-worker.mjs', import.meta.url)

/**
 * The store in the file of that path, made when something is asked for first. It works on a thread of its own: a search
 * through many vectors must not stop the server.
 */
export function createVectorStore(path: string): VectorStore {
  const open = new Map<number, PromiseWithResolvers<unknown>>()
  let worker: Worker | undefined
  let calls = 0
  let isClosed = false
  let idle: (() => void) | undefined

  const start = (): Worker => {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const thread = new Worker(THREAD, { workerData: { path }, execArgv: [] })
    thread.unref()
    let why: unknown
    thread.on('message', (answer: Answer | 'ready') => {
      if (answer !== 'ready') settle(answer)
    })
    thread.on('error', (error) => {
      why = error
    })
    thread.on('exit', () => {
      worker = undefined
      const failure = new AppError('overloaded', ['The store of vectors has stopped. Try again.'], { cause: why })
      for (const { reject } of open.values()) reject(failure)
      open.clear()
      idle?.()
    })
    return thread
  }

  const settle = ({ id, value, error }: Answer): void => {
    const call = open.get(id)
    open.delete(id)
    if (open.size === 0) worker?.unref()
    if (!error) call?.resolve(value)
    else if (error.isRefusal) call?.reject(new AppError('invalid_field', [error.message]))
    else call?.reject(new AppError('overloaded', [`The store of vectors failed: ${error.message}`]))
    if (open.size === 0) idle?.()
  }

  const ask = (method: Method, args: readonly unknown[]): Promise<unknown> => {
    if (isClosed) throw new AppError('overloaded', ['The server is stopping.'])
    worker ??= start()
    return post(worker, method, args)
  }

  const post = (thread: Worker, method: Method | 'close', args: readonly unknown[]): Promise<unknown> => {
    const id = ++calls
    const call = Promise.withResolvers<unknown>()
    open.set(id, call)
    thread.ref()
    thread.postMessage({ id, method, args })
    return call.promise
  }

  const methods = Object.fromEntries(METHODS.map((method) => [method, async (...args: unknown[]) => ask(method, args)]))
  // Each is typed as the function of the same name that the thread calls.
  const store = methods as unknown as Omit<VectorStore, 'close' | 'exists'>
  return {
    ...store,
    // A list of numbers takes many times as long to get to the thread.
    add: (id, chunks) =>
      store.add(
        id,
        chunks.map((chunk) => ({ ...chunk, vector: Float32Array.from(chunk.vector) })),
      ),
    replace: (id, chunk) => store.replace(id, { ...chunk, vector: Float32Array.from(chunk.vector) }),
    search: (id, query) =>
      store.search(id, { ...query, ...(query.vector && { vector: Float32Array.from(query.vector) }) }),
    exists: () => worker !== undefined || existsSync(path),
    async close() {
      isClosed = true
      if (open.size > 0) await new Promise<void>((resolve) => (idle = resolve))
      // The file is left whole, without a journal beside it. A thread that has ended closes nothing.
      if (worker) await post(worker, 'close', []).catch(() => undefined)
      await worker?.terminate()
    },
  }
}
