import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId, exampleJobId } from './examples.ts'
import { flowTestChecks } from './flow-test-terms.ts'
import { Uuid } from './identifiers.ts'
import { SummaryRange } from './monitor-summary.ts'

/** The longest texts of a test, in characters. */
const FLOW_TEST_TEXT = 100_000

const test = {
  name: z.string().trim().min(1).max(200),
  /** What is said to the flow; with an empty text its inputs keep what they hold. */
  input_value: z.string().max(FLOW_TEST_TEXT).default(''),
  /** Values of fields for this test alone, as a run takes them. */
  tweaks: z.record(z.string(), z.unknown()).default({}),
  check: z.enum(flowTestChecks),
  /** The text, a regular expression as Python has them, a JSON Schema, or the rubric a model judges by. */
  expected: z.string().max(FLOW_TEST_TEXT),
  /** Of `equals` and `contains`. */
  ignore_case: z.boolean().default(false),
  /** The model that judges; without one the default model of the user. */
  judge: z
    .object({ provider: z.string().min(1).max(200), name: z.string().min(1).max(200) })
    .nullable()
    .default(null),
}

export const FlowTestWrite = z.object(test)
export type FlowTestWrite = z.output<typeof FlowTestWrite>

export const FlowTestRead = z.object({
  id: z.string(),
  flow_id: z.string(),
  ...test,
  input_value: z.string(),
  tweaks: z.record(z.string(), z.unknown()),
  ignore_case: z.boolean(),
  judge: z.object({ provider: z.string(), name: z.string() }).nullable(),
  /** How it went the last time, since it was changed. */
  last: z
    .object({ test_run_id: z.string(), run_id: z.string().nullable(), passed: z.boolean(), at: z.string() })
    .nullable(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type FlowTestRead = z.output<typeof FlowTestRead>

export const FlowTestRunRead = z.object({
  id: z.string(),
  flow_id: z.string(),
  /** What was tested: the draft, a saved version or a published one, and its number. */
  target: z.enum(['draft', 'saved', 'published']),
  version: z.number().int().nullable(),
  /** All the tests the flow had. */
  is_whole: z.boolean(),
  /** `interrupted`: the server stopped meanwhile. */
  status: z.enum(['running', 'completed', 'cancelled', 'interrupted']),
  started_at: z.string(),
  /** Null while it runs. */
  ended_at: z.string().nullable(),
  duration_ms: z.number().nullable(),
  total: z.number().int(),
  passed: z.number().int(),
  /** The share that passed: 0 to 1; null unless it is completed. */
  score: z.number().nullable(),
})
export type FlowTestRunRead = z.output<typeof FlowTestRunRead>

/** One test in a run of tests, as it was then. */
export const FlowTestResult = z.object({
  test_id: z.string(),
  name: z.string(),
  input_value: z.string(),
  check: z.enum(flowTestChecks),
  expected: z.string(),
  /** `skipped`: the run of tests ended before it. */
  state: z.enum(['waiting', 'running', 'passed', 'failed', 'skipped']),
  /** The run of the flow; null until it began. */
  run_id: z.string().nullable(),
  /** What the flow answered, as far as it is kept. */
  actual: z.string().nullable(),
  /** Why it failed; `detail` is what the schema, the judge or the run said. */
  reason: z
    .object({
      code: z.enum([
        'differs',
        'lacks',
        'no_match',
        'no_json',
        'schema',
        'judged',
        'no_verdict',
        'run_failed',
        'check_failed',
      ]),
      detail: z.string(),
    })
    .nullable(),
  duration_ms: z.number().nullable(),
})
export type FlowTestResult = z.output<typeof FlowTestResult>

export const FlowTestRunDetails = FlowTestRunRead.extend({ results: z.array(FlowTestResult) })
export type FlowTestRunDetails = z.output<typeof FlowTestRunDetails>

const common = { tag: 'Flow tests', access: 'user' } as const
const ofFlow = z.object({ flow_id: Uuid })
const ofTest = ofFlow.extend({ test_id: Uuid })
const ofRun = ofFlow.extend({ test_run_id: Uuid })
const path = '/api/v1/flows/:flow_id/tests'
const runsPath = '/api/v1/flows/:flow_id/test_runs'
const noFlow = { 404: 'Flow not found' }
const noTest = { 404: 'Test not found' }
const noRun = { 404: 'Run of tests not found' }

const exampleBody = {
  name: 'Greets in French',
  input_value: 'Say good day in French',
  tweaks: {},
  check: 'contains',
  expected: 'Bonjour',
  ignore_case: true,
  judge: null,
}
const exampleRun = {
  id: '01ce083d-7493-75ba-aeb9-abc382eb6bfb',
  flow_id: exampleFlowId,
  target: 'draft',
  version: null,
  is_whole: true,
  status: 'completed',
  started_at: '2026-01-05T17:59:07.855000Z',
  ended_at: '2026-01-05T17:59:08.855000Z',
  duration_ms: 1000,
  total: 1,
  passed: 1,
  score: 1,
}
const exampleTest = {
  id: '01ce083d-7493-75ba-aeb9-abc382eb6bfa',
  flow_id: exampleFlowId,
  ...exampleBody,
  last: { test_run_id: exampleRun.id, run_id: exampleJobId, passed: true, at: exampleRun.ended_at },
  created_at: '2026-01-05T17:00:00.000000Z',
  updated_at: '2026-01-05T17:00:00.000000Z',
}
const exampleDetails = {
  ...exampleRun,
  results: [
    {
      test_id: exampleTest.id,
      name: exampleBody.name,
      input_value: exampleBody.input_value,
      check: exampleBody.check,
      expected: exampleBody.expected,
      state: 'passed',
      run_id: exampleJobId,
      actual: 'Bonjour !',
      reason: null,
      duration_ms: 985.5,
    },
  ],
}

export const listFlowTests = defineEndpoint({
  ...common,
  method: 'GET',
  path,
  summary: 'The tests of a flow, the oldest first, with how each went the last time',
  role: 'viewer',
  params: ofFlow,
  response: z.object({ tests: z.array(FlowTestRead) }),
  examples: { response: { tests: [exampleTest] } },
  errors: noFlow,
})

export const createFlowTest = defineEndpoint({
  ...common,
  method: 'POST',
  path,
  summary: 'Add a test: what is said to the flow, and how its answer is checked',
  role: 'editor',
  params: ofFlow,
  body: FlowTestWrite,
  status: 201,
  response: FlowTestRead,
  examples: { body: exampleBody, response: { ...exampleTest, last: null } },
  errors: noFlow,
})

export const replaceFlowTest = defineEndpoint({
  ...common,
  method: 'PUT',
  path: `${path}/:test_id`,
  summary: 'Change a test; how it went before is said no longer',
  role: 'editor',
  params: ofTest,
  body: FlowTestWrite,
  response: FlowTestRead,
  examples: { body: exampleBody, response: { ...exampleTest, last: null } },
  errors: noTest,
})

export const deleteFlowTest = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: `${path}/:test_id`,
  summary: 'Remove a test; what it did in earlier runs of tests stays',
  role: 'editor',
  params: ofTest,
  status: 204,
  response: z.undefined(),
  errors: noTest,
})

export const runFlowTests = defineEndpoint({
  ...common,
  method: 'POST',
  path: runsPath,
  summary: 'Run all tests of a flow, or some, on its draft or on a version; read the run of tests to follow it',
  role: 'runner',
  params: ofFlow,
  body: z.object({
    /** Only these tests; all unless given. */
    tests: z.array(Uuid).min(1).max(1000).optional(),
    /** Test a published or a saved version in the place of the draft. */
    published_version: z.number().int().min(1).optional(),
    saved_version_id: Uuid.optional(),
  }),
  status: 202,
  response: FlowTestRunDetails,
  examples: {
    body: { published_version: 3 },
    response: {
      ...exampleDetails,
      target: 'published',
      version: 3,
      status: 'running',
      ended_at: null,
      duration_ms: null,
      passed: 0,
      score: null,
      results: exampleDetails.results.map((result) => ({
        ...result,
        state: 'waiting',
        run_id: null,
        actual: null,
        duration_ms: null,
      })),
    },
  },
  errors: { ...noFlow, 409: 'The tests of this flow are running already', 422: 'There is no test to run' },
})

export const listFlowTestRuns = defineEndpoint({
  ...common,
  method: 'GET',
  path: runsPath,
  summary: 'How the tests of a flow went, the newest first; the last hundred are kept',
  role: 'viewer',
  params: ofFlow,
  response: z.object({ runs: z.array(FlowTestRunRead) }),
  examples: { response: { runs: [exampleRun] } },
  errors: noFlow,
})

export const readFlowTestRun = defineEndpoint({
  ...common,
  method: 'GET',
  path: `${runsPath}/:test_run_id`,
  summary: 'One run of tests with what each gave, also while it goes on',
  role: 'viewer',
  params: ofRun,
  response: FlowTestRunDetails,
  examples: { response: exampleDetails },
  errors: noRun,
})

export const cancelFlowTestRun = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${runsPath}/:test_run_id/cancel`,
  summary: 'End a run of tests; those it had not come to are skipped',
  role: 'runner',
  params: ofRun,
  response: FlowTestRunDetails,
  examples: { response: { ...exampleDetails, status: 'cancelled', score: null } },
  errors: { ...noRun, 409: 'This run of tests has ended already' },
})

export const readTestScores = defineEndpoint({
  method: 'GET',
  path: '/api/v1/monitor/test_scores',
  tag: 'Monitor',
  access: 'user',
  summary: 'How runs of all the tests of your flows went in a time, the oldest first: the newest 200',
  role: 'viewer',
  query: z.object({
    range: SummaryRange.default('7d'),
    flow_id: Uuid.optional(),
    project_id: Uuid.optional(),
    /** `instance`: everybody's; for superusers. */
    scope: z.enum(['own', 'instance']).default('own'),
  }),
  response: z.object({ runs: z.array(FlowTestRunRead) }),
  examples: { response: { runs: [exampleRun] } },
  errors: { 403: "The user doesn't have enough privileges" },
})
