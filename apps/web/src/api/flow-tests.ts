import { listFlowTestRuns, listFlowTests, readFlowTestRun, readTestScores } from '@runnel/protocol/flow-tests'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import type { SummaryFilter } from './summary.ts'

/** How often a run of tests that goes on is looked at. */
const LIVE_MS = 700

const isOn = (run: { readonly status: string } | undefined): boolean => run?.status === 'running'

/** The tests of a flow. */
export const flowTestsQuery = (flowId: string) =>
  queryOptions({
    queryKey: ['flow-tests', flowId, 'tests'],
    queryFn: async ({ signal }) => (await client.call(listFlowTests, { params: { flow_id: flowId }, signal })).tests,
  })

/** How the tests of a flow went, the newest first. */
export const testRunsQuery = (flowId: string) =>
  queryOptions({
    queryKey: ['flow-tests', flowId, 'runs'],
    queryFn: async ({ signal }) => (await client.call(listFlowTestRuns, { params: { flow_id: flowId }, signal })).runs,
  })

/** One run of tests with what each gave; read again while it goes on. */
export const testRunQuery = (flowId: string, runId: string) =>
  queryOptions({
    queryKey: ['flow-tests', flowId, 'run', runId],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.call(readFlowTestRun, { params: { flow_id: flowId, test_run_id: runId }, signal }),
    refetchInterval: ({ state }) => (isOn(state.data) ? LIVE_MS : false),
  })

export const flowTestsChanged = (flowId: string): Promise<void> =>
  queryClient.invalidateQueries({ queryKey: ['flow-tests', flowId] })

/** How runs of all the tests of flows went. */
export const testScoresQuery = (filter: SummaryFilter) =>
  queryOptions({
    queryKey: ['flow-tests', 'scores', filter],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await client.call(readTestScores, { query: filter, signal })).runs,
  })
