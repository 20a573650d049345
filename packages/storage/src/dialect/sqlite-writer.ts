import { Worker } from 'node:worker_threads'
import type { Bindable } from './engine.ts'

/** One statement with its values. */
export type Statement = readonly [sql: string, values: readonly Bindable[]]

/** Writes groups of rows from a thread of its own, so that neither inserting nor syncing stops the event loop. */
export interface SqliteWriter {
  /** The thread is up; until then the caller writes itself. The first question starts it. */
  isReady(): boolean
  /** One transaction, durable when it resolves. @throws the error of SQLite, with its `errcode`. */
  write(statements: readonly Statement[]): Promise<void>
  stop(): Promise<void>
}

interface Answer {
  readonly error?: { readonly message: string; readonly errcode?: number }
}

/** A writer for the database of one file. Groups are written one at a time: the next begins after the answer. */
export function createSqliteWriter(path: string): SqliteWriter {
  // Statements go by number: their texts are longer than most values.
  const numbers = new Map<string, number>()
  let worker: Worker | undefined
  let isUp = false
  let answer: ((given: Answer) => void) | undefined

  const start = () => {
    const thread = new Worker(WRITER_THREAD, { eval: true, workerData: { path }, execArgv: [] })
    thread.unref()
    thread.on('message', (given: Answer | 'ready') => {
      if (given === 'ready') isUp = true
      else answer?.(given)
    })
    const end = (error?: Error) => {
      worker = undefined
      numbers.clear()
      isUp = false
      answer?.({ error: { message: error?.message ?? 'The writing thread has ended' } })
    }
    thread.on('error', end)
    thread.on('exit', () => end())
    return thread
  }

  /**
   * Number, values, number, values …; the text stands in place of a number that is used for the first time. As one
   * text: cloning the thousands of values of a group costs more than writing and reading JSON.
   */
  const packed = (statements: readonly Statement[]): string => {
    const message: unknown[] = []
    for (const [sql, values] of statements) {
      const number = numbers.get(sql)
      if (number === undefined) {
        numbers.set(sql, numbers.size)
        message.push(sql, values)
      } else message.push(number, values)
    }
    return JSON.stringify(message)
  }

  return {
    isReady() {
      worker ??= start()
      return isUp
    },
    async write(statements) {
      const { error } = await new Promise<Answer>((resolve) => {
        answer = resolve
        worker?.postMessage(packed(statements))
      })
      answer = undefined
      // Whatever went wrong, both ends begin again with the texts.
      if (error) numbers.clear()
      if (error) throw Object.assign(new Error(error.message), { errcode: error.errcode })
    },
    async stop() {
      isUp = false
      worker?.ref()
      await worker?.terminate()
    },
  }
}

// Given as text, so that it also runs from a bundle.
const WRITER_THREAD = `
const { DatabaseSync } = require('node:sqlite')
const { parentPort, workerData: { path } } = require('node:worker_threads')
const database = new DatabaseSync(path, { timeout: 10000 })
database.exec('pragma synchronous = full; pragma foreign_keys = on; pragma wal_autocheckpoint = 0; pragma cache_size = -8000')
const prepared = []
const statementOf = (key) => {
  if (typeof key === 'number') return prepared[key]
  const statement = database.prepare(key)
  prepared.push(statement)
  return statement
}
const begin = database.prepare('begin immediate')
const commit = database.prepare('commit')
parentPort.on('message', (packed) => {
  try {
    const statements = JSON.parse(packed)
    const work = []
    for (let at = 0; at < statements.length; at += 2) work.push([statementOf(statements[at]), statements[at + 1]])
    begin.run()
    for (const [statement, values] of work) statement.run(...values)
    commit.run()
    parentPort.postMessage({})
  } catch (error) {
    prepared.length = 0
    if (database.isTransaction) database.exec('rollback')
    parentPort.postMessage({ error: { message: error.message, errcode: error.errcode } })
  }
})
parentPort.postMessage('ready')
`
