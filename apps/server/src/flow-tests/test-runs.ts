import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type {
  FlowTestRecord,
  FlowTestResult,
  FlowTestRunHeader,
  FlowTestRunRecord,
} from '@runnel/storage/flow-test-records'
import { passedIn, type TestRunProgress } from '@runnel/storage/flow-test-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { Lifecycle } from '../lifecycle.ts'
import type { Log } from '../log.ts'
import type { LoadedFlow } from '../runs/flow-loader.ts'
import type { RunTest } from './run-test.ts'

export interface TestRunsOptions {
  readonly storage: Pick<Storage, 'flowTests'>
  readonly runTest: RunTest
  readonly lifecycle: Pick<Lifecycle, 'signal' | 'track'>
  readonly log: Pick<Log, 'error'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export interface NewTestRun extends Pick<FlowTestRunHeader, 'userId' | 'target' | 'version' | 'isWhole'> {
  readonly flow: LoadedFlow
  readonly tests: readonly FlowTestRecord[]
}

/** Tests at work at the same time, of one run of tests. */
const AT_ONCE = 3
/** Runs of tests that are kept of a flow. */
const KEPT = 100
/** A run of tests that nothing was heard of for so long was cut off: longer than any one test takes. */
const SILENT_MS = 900_000
/** How often at most a run that goes on is written, with all its answers. */
const WRITTEN_MS = 1_000

export type TestRuns = ReturnType<typeof createTestRuns>

/** Runs tests after the request that wanted it was answered: of each flow one run of tests at a time. */
export function createTestRuns({ storage: { flowTests }, runTest, lifecycle, log, now }: TestRunsOptions) {
  const working = new Map<string, { readonly progress: TestRunProgress; readonly abort: AbortController }>()

  /** One that goes on here is told as far as it is; what another process has begun and left, as cut off. */
  function asItIs<Run extends FlowTestRunHeader>(run: Run): Run {
    if (run.status !== 'running') return run
    const here = working.get(run.id)
    if (here) return { ...run, ...here.progress }
    return run.updatedAt + SILENT_MS < now() ? { ...run, status: 'interrupted', endedAt: run.updatedAt } : run
  }

  async function work(run: FlowTestRunRecord, { flow, tests }: NewTestRun, abort: AbortController): Promise<void> {
    const signal = AbortSignal.any([abort.signal, lifecycle.signal])
    let results = run.results
    let writtenAt = run.updatedAt
    const put = (at: number, part: Partial<FlowTestResult>): void => {
      results = results.map((before, place) => (place === at ? { ...before, ...part } : before))
    }
    /** Ended from elsewhere, it ends here. */
    async function tell(): Promise<void> {
      const at = now()
      const progress = { results, passed: passedIn(results), updatedAt: at }
      working.set(run.id, { progress, abort })
      if (at - writtenAt < WRITTEN_MS) return
      writtenAt = at
      const isOn = await flowTests.progress(run.id, progress)
      if (!isOn) abort.abort(new AppError('interrupted', ['Cancelled.']))
    }
    async function one(at: number, test: FlowTestRecord): Promise<void> {
      put(at, { state: 'running' })
      await tell()
      const began = performance.now()
      const { reason, ...given } = await runTest(flow, test, signal)
      const passed = reason === null
      put(at, { ...given, reason, state: passed ? 'passed' : 'failed', durationMs: performance.now() - began })
      await flowTests.settle(test, { testRunId: run.id, runId: given.runId, passed, at: now() })
      await tell()
    }
    const waiting = [...tests.entries()]
    async function worker(): Promise<void> {
      for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
        try {
          await one(...next)
        } catch (error) {
          if (!signal.aborted) log.error('run of tests failed', { testRunId: run.id, flowId: run.flowId, error })
          abort.abort(error)
        }
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    const status = signal.aborted ? 'interrupted' : 'completed'
    results = results.map((result) => (isOpen(result) ? { ...result, state: 'skipped' } : result))
    // One that was cancelled has its end already.
    const passed = passedIn(results)
    const score = status === 'completed' ? passed / results.length : null
    const at = now()
    await flowTests.end(run.id, { status, score, results, passed, updatedAt: at, endedAt: at })
  }

  return {
    asItIs,

    /** @throws AppError `flow_tests_running` */
    async begin(asked: NewTestRun): Promise<FlowTestRunRecord> {
      const { flow, tests, userId, target, version, isWhole } = asked
      const [last] = await flowTests.runs(userId, flow.storedId, 1)
      if (last && asItIs(last).status === 'running') throw new AppError('flow_tests_running')
      const at = now()
      const run: FlowTestRunRecord = {
        id: newId(),
        flowId: flow.storedId,
        userId,
        target,
        version,
        isWhole,
        status: 'running',
        startedAt: at,
        updatedAt: at,
        endedAt: null,
        total: tests.length,
        passed: 0,
        score: null,
        results: tests.map(waitingResult),
      }
      await flowTests.addRun(run, { keep: KEPT })
      const abort = new AbortController()
      working.set(run.id, { progress: run, abort })
      // Only when it has written its end: who sees that nobody works finds how it ended.
      void lifecycle.track(work(run, asked, abort).finally(() => working.delete(run.id)))
      return run
    },

    /** Ends a run of tests, whichever process is at it; answers whether it went on. */
    async cancel({ id, results, passed, status }: FlowTestRunRecord): Promise<boolean> {
      if (status !== 'running') return false
      const at = now()
      const left = results.map((result) => (isOpen(result) ? ({ ...result, state: 'skipped' } as const) : result))
      const ended = { status: 'cancelled', score: null, results: left, passed, updatedAt: at, endedAt: at } as const
      const isEnded = await flowTests.end(id, ended)
      working.get(id)?.abort.abort(new AppError('interrupted', ['Cancelled.']))
      return isEnded
    },
  }
}

const isOpen = ({ state }: FlowTestResult): boolean => state === 'waiting' || state === 'running'

const waitingResult = ({ id, name, inputValue, checkKind, expected }: FlowTestRecord): FlowTestResult => ({
  testId: id,
  name,
  inputValue,
  checkKind,
  expected,
  state: 'waiting',
  runId: null,
  actual: null,
  reason: null,
  durationMs: null,
})
