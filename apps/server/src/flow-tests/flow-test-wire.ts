import type { FlowTestRead, FlowTestResult, FlowTestRunDetails, FlowTestRunRead } from '@runnel/protocol/flow-tests'
import type { FlowTestRecord, FlowTestRunHeader, FlowTestRunRecord } from '@runnel/storage/flow-test-records'
import { zoned } from '../monitor/step-wire.ts'

/** How tests of flows are told. */
export const toTestRead = (test: FlowTestRecord): FlowTestRead => ({
  id: test.id,
  flow_id: test.flowId,
  name: test.name,
  input_value: test.inputValue,
  tweaks: test.tweaks,
  check: test.checkKind,
  expected: test.expected,
  ignore_case: test.ignoreCase,
  judge: test.judge,
  last: test.last && {
    test_run_id: test.last.testRunId,
    run_id: test.last.runId,
    passed: test.last.passed,
    at: zoned(test.last.at),
  },
  created_at: zoned(test.createdAt),
  updated_at: zoned(test.updatedAt),
})

export const toTestRunRead = (run: FlowTestRunHeader): FlowTestRunRead => ({
  id: run.id,
  flow_id: run.flowId,
  target: run.target,
  version: run.version,
  is_whole: run.isWhole,
  status: run.status,
  started_at: zoned(run.startedAt),
  ended_at: run.endedAt === null ? null : zoned(run.endedAt),
  duration_ms: run.endedAt === null ? null : run.endedAt - run.startedAt,
  total: run.total,
  passed: run.passed,
  score: run.score,
})

export const toTestRunDetails = (run: FlowTestRunRecord): FlowTestRunDetails => ({
  ...toTestRunRead(run),
  results: run.results.map(
    (result): FlowTestResult => ({
      test_id: result.testId,
      name: result.name,
      input_value: result.inputValue,
      check: result.checkKind,
      expected: result.expected,
      state: result.state,
      run_id: result.runId,
      actual: result.actual,
      reason: result.reason,
      duration_ms: result.durationMs,
    }),
  ),
})
