import { asksPeople } from '@runnel/engine/approved-tool'
import { AppError } from '@runnel/protocol/errors'
import type { FlowTestRead, FlowTestRunDetails, FlowTestRunRead, FlowTestWrite } from '@runnel/protocol/flow-tests'
import { newId } from '@runnel/protocol/id'
import type { SummaryRange } from '@runnel/protocol/monitor-summary'
import type { FlowTestRecord, FlowTestRunHeader, FlowTestRunRecord } from '@runnel/storage/flow-test-records'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import type { FlowService } from '../flows/flow-service.ts'
import type { FlowVersionService } from '../flows/flow-version-service.ts'
import { periodOf } from '../monitor/summary-period.ts'
import type { PublicationService } from '../publications/publication-service.ts'
import type { FlowLoader, LoadedFlow } from '../runs/flow-loader.ts'
import { checkable } from './check-answer.ts'
import { toTestRead, toTestRunDetails, toTestRunRead } from './flow-test-wire.ts'
import type { TestRuns } from './test-runs.ts'

export interface FlowTestServiceOptions {
  readonly storage: Pick<Storage, 'flowTests'>
  readonly flows: Pick<FlowService, 'find'>
  readonly flowVersions: Pick<FlowVersionService, 'find'>
  readonly publications: Pick<PublicationService, 'version'>
  readonly loader: FlowLoader
  readonly testRuns: TestRuns
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** What is to be tested. */
export interface TestsAsked {
  readonly tests?: readonly string[] | undefined
  readonly publishedVersion?: number | undefined
  readonly savedVersionId?: string | undefined
}

type Target = Pick<FlowTestRunHeader, 'target' | 'version'> & { readonly flow: LoadedFlow }

/** Tests one flow may have, its runs of tests that are shown, and the scores a chart is made of. */
const MOST_TESTS = 500
const RUNS_SHOWN = 100
const SCORES_SHOWN = 200

export type FlowTestService = ReturnType<typeof createFlowTestService>

/** The tests of a user's flows, and what came of them. */
export function createFlowTestService(options: FlowTestServiceOptions) {
  const { flows, flowVersions, publications, loader, testRuns, now } = options
  const { flowTests } = options.storage

  async function found(userId: string, flowId: string, id: string): Promise<FlowTestRecord> {
    const test = await flowTests.find(userId, flowId, id)
    if (!test) throw new AppError('flow_test_not_found')
    return test
  }

  async function foundRun(userId: string, flowId: string, id: string): Promise<FlowTestRunRecord> {
    const run = await flowTests.findRun(userId, flowId, id)
    if (!run) throw new AppError('flow_test_run_not_found')
    return testRuns.asItIs(run)
  }

  /** The graph that is asked for, ready to run. */
  async function targetOf(userId: string, flowId: string, asked: TestsAsked): Promise<Target> {
    const { publishedVersion, savedVersionId } = asked
    if (publishedVersion !== undefined && savedVersionId !== undefined) {
      throw new AppError('invalid_field', ['Name a published version or a saved one, not both'])
    }
    if (publishedVersion !== undefined) {
      const { data } = await publications.version(userId, flowId, publishedVersion)
      const flow = await loader.compile(userId, flowId, JSON.parse(data))
      return { target: 'published', version: publishedVersion, flow: { ...flow, published: publishedVersion } }
    }
    if (savedVersionId === undefined) {
      return { target: 'draft', version: null, flow: await loader.load(userId, flowId) }
    }
    const { data, number } = await flowVersions.find(userId, flowId, savedVersionId)
    if (data === null) throw new AppError('flow_has_no_data', [flowId])
    return { target: 'saved', version: number, flow: await loader.compile(userId, flowId, JSON.parse(data)) }
  }

  return {
    /** Oldest first. @throws AppError `flow_id_not_found` */
    async list(userId: string, flowId: string): Promise<FlowTestRead[]> {
      await flows.find(userId, flowId)
      return (await flowTests.list(userId, flowId)).map(toTestRead)
    },

    /** @throws AppError `flow_id_not_found`, `invalid_field` for a check that can never be made */
    async add(userId: string, flowId: string, body: FlowTestWrite): Promise<FlowTestRead> {
      await flows.find(userId, flowId)
      const fields = await fieldsOf(body)
      if ((await flowTests.list(userId, flowId)).length >= MOST_TESTS) {
        throw new AppError('invalid_field', [`There are ${MOST_TESTS} tests already. Remove one first.`])
      }
      const at = now()
      const made = { id: newId(), flowId, userId, ...fields, last: null, createdAt: at, updatedAt: at }
      return toTestRead(await flowTests.add(made))
    },

    /** How it went before tells nothing of what it is now. */
    async replace(userId: string, flowId: string, id: string, body: FlowTestWrite): Promise<FlowTestRead> {
      const before = await found(userId, flowId, id)
      const updatedAt = Math.max(now(), before.updatedAt + 1)
      const after = { ...before, ...(await fieldsOf(body)), last: null, updatedAt }
      if (!(await flowTests.replace(after))) throw new AppError('flow_test_not_found')
      return toTestRead(after)
    },

    async remove(userId: string, flowId: string, id: string): Promise<void> {
      if (!(await flowTests.remove(userId, flowId, id))) throw new AppError('flow_test_not_found')
    },

    /**
     * Begins a run of tests, which goes on by itself.
     * @throws AppError of the flow or version, `flow_tests_running`, `flow_asks_people`, `flow_test_not_found`
     */
    async begin(userId: string, flowId: string, asked: TestsAsked): Promise<FlowTestRunDetails> {
      await flows.find(userId, flowId)
      const all = await flowTests.list(userId, flowId)
      const wanted = asked.tests && new Set(asked.tests)
      const tests = wanted ? all.filter(({ id }) => wanted.has(id)) : all
      if (wanted && tests.length < wanted.size) throw new AppError('flow_test_not_found')
      if (tests.length === 0) throw new AppError('invalid_field', ['The flow has no tests yet. Add one first.'])
      const { flow, ...target } = await targetOf(userId, flowId, asked)
      if (asksPeople(flow.graph)) throw new AppError('flow_asks_people')
      const isWhole = tests.length === all.length
      return toTestRunDetails(await testRuns.begin({ userId, flow, tests, isWhole, ...target }))
    },

    /** Newest first. @throws AppError `flow_id_not_found` */
    async runs(userId: string, flowId: string): Promise<FlowTestRunRead[]> {
      await flows.find(userId, flowId)
      const kept = await flowTests.runs(userId, flowId, RUNS_SHOWN)
      return kept.map((run) => toTestRunRead(testRuns.asItIs(run)))
    },

    /** @throws AppError `flow_test_run_not_found` */
    readRun: async (userId: string, flowId: string, id: string): Promise<FlowTestRunDetails> =>
      toTestRunDetails(await foundRun(userId, flowId, id)),

    /** @throws AppError `flow_test_run_not_found`, `flow_tests_idle` */
    async cancel(userId: string, flowId: string, id: string): Promise<FlowTestRunDetails> {
      const run = await foundRun(userId, flowId, id)
      if (!(await testRuns.cancel(run))) throw new AppError('flow_tests_idle')
      return toTestRunDetails(await foundRun(userId, flowId, id))
    },

    /** Oldest first. @throws AppError `not_superuser` when somebody else asks for everybody's */
    async scores(
      user: Pick<UserRecord, 'id' | 'isSuperuser'>,
      asked: {
        readonly range: SummaryRange
        readonly scope: 'own' | 'instance'
        readonly flowId: string | undefined
        readonly projectId: string | undefined
      },
    ): Promise<FlowTestRunRead[]> {
      const { range, scope, flowId, projectId } = asked
      if (scope === 'instance' && !user.isSuperuser) throw new AppError('not_superuser')
      const { since, until } = periodOf(range, now())
      const scores = await flowTests.scores({
        ...(scope === 'own' && { userId: user.id }),
        ...(flowId !== undefined && { flowId }),
        ...(projectId !== undefined && { projectId }),
        since,
        until,
        limit: SCORES_SHOWN,
      })
      return scores.map(toTestRunRead)
    },
  }
}

/** @throws AppError `invalid_field` for a check that can never be made */
async function fieldsOf(body: FlowTestWrite) {
  const check = { checkKind: body.check, expected: body.expected }
  await checkable(check)
  return {
    ...check,
    name: body.name,
    inputValue: body.input_value,
    tweaks: body.tweaks,
    ignoreCase: body.ignore_case,
    judge: body.check === 'judge' ? body.judge : null,
  }
}
