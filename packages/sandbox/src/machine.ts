import releaseSync from '@jitl/quickjs-wasmfile-release-sync'
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSDeferredPromise,
  type QuickJSRuntime,
  type QuickJSSyncVariant,
  type QuickJSWASMModule,
} from 'quickjs-emscripten-core'
import { plainSource } from './plain-source.ts'
import { createProblems, type Thrown } from './problems.ts'
import type { Job, Limits, Problem } from './traffic.ts'

// Its types are those of the CommonJS build, where the default is one level deeper.
const VARIANT = releaseSync as unknown as QuickJSSyncVariant
const PAGE = 64 * 1024
/** What the variant was compiled for; it takes no less. */
const FIRST_PAGES = 256
/** More overflows the stack of the host before QuickJS notices. */
const STACK_BYTES = 64 * 1024
/** Jobs of the promise queue between two looks at the clock. */
const JOBS_AT_ONCE = 1000

/** QuickJS with memory of its own, for one job: what ran in it is gone afterwards. */
export interface Machine {
  readonly quickJs: QuickJSWASMModule
  readonly memory: WebAssembly.Memory
}

/** What modules the code may import besides its own, by name. */
export interface GuestModules {
  readonly runnel: string
  readonly driver: string
}

export interface MachineJob {
  readonly job: Job
  readonly limits: Limits
  readonly modules: GuestModules
  /** Asks the server for a lent function; JSON in and out. */
  readonly call: (id: number, name: string, args: string) => void
}

export interface RunningJob {
  /** The answer of a call. */
  answer(id: number, given: { readonly value?: string; readonly error?: string }): void
  readonly result: Promise<{ readonly answer: string } | { readonly problem: Problem }>
}

/** A machine that cannot grow beyond the limit, whatever QuickJS believes. */
export async function createMachine(
  wasmModule: WebAssembly.Module,
  { memoryBytes }: Pick<Limits, 'memoryBytes'>,
): Promise<Machine> {
  const memory = new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: Math.max(FIRST_PAGES, memoryBytes / PAGE) })
  const quickJs = await newQuickJSWASMModuleFromVariant(newVariant(VARIANT, { wasmModule, wasmMemory: memory }))
  return { quickJs, memory }
}

/** Begins a job. Its machine must not be used for another. */
export function startJob({ quickJs, memory }: Machine, { job, limits, modules, call }: MachineJob): RunningJob {
  const result = Promise.withResolvers<{ readonly answer: string } | { readonly problem: Problem }>()
  const problems = createProblems(limits)
  const plain = plainSource(job.source)
  if ('problem' in plain) {
    result.resolve(plain)
    return { answer: () => {}, result: result.promise }
  }
  const clock = createClock(limits.computeMs)
  const runtime = quickJs.newRuntime()
  runtime.setMemoryLimit(limits.memoryBytes - (FIRST_PAGES * PAGE) / 2)
  runtime.setMaxStackSize(STACK_BYTES)
  runtime.setInterruptHandler(clock.isOver)
  runtime.setModuleLoader(
    (name) => {
      const found = sourceOf(name)
      return found === undefined ? { error: new Error(problems.unknownImport(name)) } : found
    },
    // The driver's entry alone may name the driver; everything else names what it wants as it is.
    (from, name) => (name === DRIVER && from !== ENTRY ? 'the driver' : name),
  )
  const vm = runtime.newContext()
  const sourceOf = (name: string): string | undefined =>
    ({ component: plain.code, runnel: modules.runnel, [DRIVER]: modules.driver })[name]
  const waiting = new Map<number, QuickJSDeferredPromise>()
  let nextId = 0
  let isOver = false
  const end = (outcome: { readonly answer: string } | { readonly problem: Problem }): void => {
    if (isOver) return
    isOver = true
    result.resolve(outcome)
  }

  const circumstances = () => ({ isTimeUp: clock.isOver(), usedBytes: memory.buffer.byteLength })

  const compute = (work: () => void): void => {
    if (isOver) return
    try {
      clock.during(() => {
        work()
        pump(runtime, vm, clock.isOver)
      })
    } catch (error) {
      end({ problem: problems.of(thrownBy(error), circumstances()) })
    }
    if (!isOver && waiting.size === 0) end({ problem: problems.unsettled(memory.buffer.byteLength) })
  }

  if (job.kind === 'check') {
    compute(() => {
      vm.unwrapResult(vm.evalCode(plain.code, 'component', { type: 'module', compileOnly: true }))
      end({ answer: 'null' })
    })
  } else {
    compute(() => {
      putBridge(vm, {
        call(name, args) {
          const deferred = vm.newPromise()
          const id = nextId++
          waiting.set(id, deferred)
          call(id, name, args)
          return deferred
        },
        done: (json) =>
          end(
            json.length > limits.jsonLength ? { problem: problems.tooLong('answer', json.length) } : { answer: json },
          ),
        // The driver made this, but the user's code may have had a hand in it.
        failed: (json) => end({ problem: problems.of(JSON.parse(json) as Thrown, circumstances()) }),
      })
      const task = vm.newString(job.task)
      vm.setProp(vm.global, 'task', task)
      task.dispose()
      vm.unwrapResult(vm.evalCode(ENTRY_SOURCE, ENTRY, { type: 'module' }))
    })
  }

  return {
    result: result.promise,
    answer(id, given) {
      const deferred = waiting.get(id)
      if (!deferred) return
      waiting.delete(id)
      compute(() => {
        if (given.value !== undefined) return deferred.resolve(vm.newString(given.value))
        const error = vm.newError(given.error ?? '')
        vm.setProp(error, 'lent', vm.newNumber(id))
        deferred.reject(error)
      })
    },
  }

  function thrownBy(error: unknown): Thrown {
    return error instanceof Error ? { name: error.name, message: error.message, stack: error.stack ?? '' } : {}
  }
}

const DRIVER = 'runnel:driver'
const ENTRY = 'entry'
const ENTRY_SOURCE = `import { start } from '${DRIVER}'
const task = globalThis.task
delete globalThis.task
start(() => import('component'), task)`

/** Works through the promise queue until nothing is left or time is up. @throws what a job could not catch */
function pump(runtime: QuickJSRuntime, vm: QuickJSContext, isTimeUp: () => boolean): void {
  while (runtime.hasPendingJob()) {
    vm.unwrapResult(runtime.executePendingJobs(JOBS_AT_ONCE))
    if (isTimeUp()) throw new Error('interrupted')
  }
}

interface Bridge {
  call(name: string, args: string): QuickJSDeferredPromise
  done(json: string): void
  failed(json: string): void
}

function putBridge(vm: QuickJSContext, { call, done, failed }: Bridge): void {
  const bridge = vm.newObject()
  const put = (name: string, make: (first: string, second: string) => QuickJSDeferredPromise | undefined) => {
    const made = vm.newFunction(
      name,
      (first, second) => make(first ? vm.getString(first) : '', second ? vm.getString(second) : '')?.handle,
    )
    vm.setProp(bridge, name, made)
    made.dispose()
  }
  put('call', call)
  put('done', (json) => void done(json))
  put('failed', (json) => void failed(json))
  vm.setProp(vm.global, 'bridge', bridge)
  bridge.dispose()
}

/** Milliseconds this thread has computed. What else the machine is busy with takes no code's time away. */
function computedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}

/** Counts computing alone: a job that waits for another server does not use its time up. */
function createClock(limitMs: number) {
  let used = 0
  let since: number | undefined
  const isOver = () => used + (since === undefined ? 0 : computedMs() - since) > limitMs
  return {
    isOver,
    during(work: () => void): void {
      since = computedMs()
      try {
        work()
      } finally {
        used += computedMs() - since
        since = undefined
      }
    },
  }
}
