import { type ChildProcess, fork } from 'node:child_process'
import { extname, join } from 'node:path'
import { messageOf } from '@runnel/protocol/errors'
import type { FromProcess, Job, Limits, Problem, ToProcess } from './traffic.ts'

/** A function the code may call while it runs. Arguments and answer are values of JSON. */
export type Lent = (args: readonly unknown[], signal: AbortSignal) => Promise<unknown>

export interface Errand {
  readonly job: Job
  readonly lent: Readonly<Record<string, Lent>>
}

export type Outcome = { readonly answer: string } | { readonly problem: Problem; readonly cause?: unknown }

/** One sandbox process. It does one errand at a time. */
export interface SandboxWorker {
  /** @throws the signal's reason; the process is ended, as nothing else stops code for sure. */
  perform(errand: Errand, signal: AbortSignal): Promise<Outcome>
  /** False once the process has ended or should take no more. */
  isFit(): boolean
  end(): void
}

/** The program: beside this file, in the sources and in the bundle. */
const PROGRAM = join(import.meta.dirname, `sandbox-process${extname(import.meta.filename)}`)
/** What it may read until it has loaded itself: the bundle's folder, or the repository. */
const READABLE = PROGRAM.endsWith('.ts') ? join(import.meta.dirname, '../../..') : import.meta.dirname
/** A process whose last job grew beyond this is not used again. */
const LARGE_BYTES = 64 * 1024 * 1024
/** Beyond the limit of the job itself, which ends it more politely; milliseconds. */
const GRACE_MS = 1000
const START_MS = 30_000

export function createSandboxWorker(limits: Limits): SandboxWorker {
  const child = fork(PROGRAM, [], {
    env: {},
    cwd: import.meta.dirname,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--permission', `--allow-fs-read=${READABLE}`, '--max-old-space-size=256', '--no-warnings'],
  })
  let isUsable = true
  let hear: ((message: FromProcess | 'gone') => void) | undefined
  const gone = () => {
    isUsable = false
    hear?.('gone')
  }
  child.on('message', (message: FromProcess) => hear?.(message))
  child.on('exit', gone)
  child.on('error', gone)
  const ready = started(child, limits, (listener) => {
    hear = listener
  })
  const end = () => {
    isUsable = false
    child.kill('SIGKILL')
  }
  // Only a process at work keeps this one alive.
  const release = () => {
    child.unref()
    child.channel?.unref()
  }

  return {
    isFit: () => isUsable,
    end,
    async perform({ job, lent }, signal) {
      signal.throwIfAborted()
      child.ref()
      child.channel?.ref()
      const outcome = Promise.withResolvers<Outcome>()
      const over = new AbortController()
      const onAbort = () => {
        outcome.reject(signal.reason)
        end()
      }
      signal.addEventListener('abort', onAbort, { once: true })
      let timer: NodeJS.Timeout | undefined
      try {
        if (!(await Promise.race([ready, outcome.promise.then(() => false)]))) {
          return { problem: { kind: 'thrown', message: 'The sandbox did not start.' } }
        }
        timer = setTimeout(() => {
          outcome.resolve({ problem: tooSlow(limits) })
          end()
        }, limits.wallMs + GRACE_MS)
        const failures = new Map<number, unknown>()
        hear = (message) => {
          if (message === 'gone') return outcome.resolve({ problem: ENDED })
          if (message.type === 'call') return void answer(message.id, message.name, message.args)
          if (message.type === 'ready') return
          if (message.memoryBytes > LARGE_BYTES) end()
          if (message.type === 'done') return outcome.resolve({ answer: message.answer })
          const { problem } = message
          const cause = problem.lent === undefined ? undefined : failures.get(problem.lent)
          outcome.resolve({ problem, ...(cause !== undefined && { cause }) })
        }
        const answer = async (id: number, name: string, args: string): Promise<void> => {
          const given = await lentAnswer(lent, { name, args }, over.signal)
          // The process may be at the job of somebody else by now, which numbers its calls alike.
          if (over.signal.aborted) return
          if ('cause' in given) failures.set(id, given.cause)
          send(child, { type: 'answer', id, ...('cause' in given ? { error: messageOf(given.cause) } : given) })
        }
        send(child, { type: 'job', job })
        return await outcome.promise
      } finally {
        hear = undefined
        release()
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        over.abort(new Error('The code has ended.'))
      }
    },
  }
}

/** Calls a lent function: its answer as JSON, or what it threw. */
async function lentAnswer(
  lent: Errand['lent'],
  { name, args }: { readonly name: string; readonly args: string },
  signal: AbortSignal,
): Promise<{ readonly value: string } | { readonly cause: unknown }> {
  try {
    const given: unknown = JSON.parse(args)
    const call = Object.hasOwn(lent, name) ? lent[name] : undefined
    if (!call || !Array.isArray(given)) throw new Error(`The sandbox has no function ${name.slice(0, 100)}.`)
    return { value: JSON.stringify((await call(given, signal)) ?? null) }
  } catch (cause) {
    return { cause }
  }
}

/** True when the process says that it is ready; it has the limits then. */
function started(
  child: ChildProcess,
  limits: Limits,
  listen: (hear: (message: FromProcess | 'gone') => void) => void,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), START_MS)
  listen((message) => resolve(message !== 'gone' && message.type === 'ready'))
  send(child, { type: 'limits', limits })
  return promise.finally(() => clearTimeout(timer))
}

function send(child: ChildProcess, message: ToProcess): void {
  // A process that has ended says so by its exit.
  if (child.connected) child.send(message, () => {})
}

const ENDED: Problem = { kind: 'memory', message: 'The code brought its sandbox down: it needs too much memory.' }

const tooSlow = ({ wallMs }: Limits): Problem => ({
  kind: 'timeout',
  message: `The code was not done after ${wallMs / 1000} seconds and was stopped.`,
})
