import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { SandboxAnswer, SandboxPort } from '@runnel/sdk'
import type { Task } from './guest-driver.ts'
import { createProblems } from './problems.ts'
import { createSandboxWorker, type Errand, type Outcome } from './sandbox-worker.ts'
import type { Limits, Problem } from './traffic.ts'
import { createWorkerPool } from './worker-pool.ts'

export interface SandboxOptions {
  /** Of computing; milliseconds. */
  readonly computeMs: number
  readonly memoryBytes: number
  /** Processes at most; each does one piece of work at a time. */
  readonly processes: number
  /** Of one piece of work from beginning to end; milliseconds. */
  readonly wallMs?: number
  /** How long a process without work is kept, in milliseconds. */
  readonly idleMs?: number
}

/** Where code that users wrote is read and run. Processes are started when the first is needed. */
export interface Sandbox {
  /** For code of this owner: owners take turns, so that none waits for the code of another for long. */
  of(owner: string): OwnedSandbox
  close(): void
}

export interface OwnedSandbox extends SandboxPort {
  /** What is wrong with a source, as far as it shows without running it. */
  check(source: string, signal: AbortSignal): Promise<Problem | undefined>
  /**
   * What a component says of itself, a value of JSON that may be anything. Its module runs for that, with nothing lent.
   * @throws AppError `user_code_failed`
   */
  declaration(source: string, signal: AbortSignal): Promise<unknown>
}

interface Work {
  readonly source: string
  readonly task: Task
  readonly lent: Errand['lent']
}

const WALL_MS = 300_000
const IDLE_MS = 60_000
const JSON_LENGTH = 8 * 1024 * 1024

export function createSandbox({
  computeMs,
  memoryBytes,
  processes,
  wallMs = WALL_MS,
  idleMs = IDLE_MS,
}: SandboxOptions): Sandbox {
  const limits: Limits = { computeMs, wallMs, memoryBytes, jsonLength: JSON_LENGTH }
  const problems = createProblems(limits)
  const pool = createWorkerPool({ start: () => createSandboxWorker(limits), size: processes, idleMs })

  async function perform(owner: string, { source, task, lent }: Work, signal: AbortSignal): Promise<SandboxAnswer> {
    const json = JSON.stringify(task)
    if (json.length > JSON_LENGTH) throw failure({ problem: problems.tooLong('inputs', json.length) })
    return answerOf(await pool.perform({ job: { kind: 'run', source, task: json }, lent }, owner, signal))
  }

  return {
    of: (owner) => ({
      async check(source, signal) {
        const outcome = await pool.perform({ job: { kind: 'check', source }, lent: {} }, owner, signal)
        return 'problem' in outcome ? outcome.problem : undefined
      },
      async declaration(source, signal) {
        return (await perform(owner, { source, task: { kind: 'declaration' }, lent: {} }, signal)).value
      },
      run({ source, output, inputs = {}, context = {}, lent = {} }, signal) {
        const task: Task = output === undefined ? { kind: 'script' } : { kind: 'output', output, inputs, context }
        return perform(owner, { source, task, lent }, signal)
      },
    }),
    close: pool.close,
  }
}

/** @throws AppError of the problem, which is its cause; what a lent function threw, when that is the problem */
function answerOf(outcome: Outcome): SandboxAnswer {
  if ('problem' in outcome) throw failure(outcome)
  const answer: unknown = JSON.parse(outcome.answer)
  const { value, logs } = isObject(answer) ? answer : {}
  const lines = Array.isArray(logs) ? logs.filter(isObject) : []
  return { value, logs: lines.map(({ name, entry }) => ({ name: String(name), entry })) }
}

function failure({ problem, cause }: { readonly problem: Problem; readonly cause?: unknown }): unknown {
  return cause instanceof AppError
    ? cause
    : new AppError('user_code_failed', [problemSentence(problem)], { cause: problem })
}

/** The problem with the line it is in. */
export function problemSentence({ message, line }: Problem): string {
  return line === undefined ? message : `Line ${line}: ${message}`
}
