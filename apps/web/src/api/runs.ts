import { type FlowRuns, listFlowRuns, listRuns, readRun, readRunGraph, readRunTrace } from '@runnel/protocol/monitor'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'
import { configQuery } from './server-info.ts'

/** How often each flow has run and how it went the last time, by flow. */
export const flowRunsQuery = queryOptions({
  queryKey: ['runs', 'by-flow'],
  queryFn: async ({ signal }): Promise<ReadonlyMap<string, FlowRuns>> => {
    const { flows } = await client.call(listFlowRuns, { signal })
    return new Map(flows.map((one) => [one.flow_id, one]))
  },
})

/** Which runs a list shows. */
export type RunFilter = Omit<
  NonNullable<Parameters<typeof client.call<typeof listRuns>>[1]['query']>,
  'before' | 'limit'
>

const PAGE = 50
/** How often a list that holds unfinished runs is read again. */
const LIVE_MS = 3000

const isUnfinished = (status: string): boolean => status === 'queued' || status === 'running'

/** Runs, the newest first, page by page; read again while one of them goes on. */
export const runsQuery = (filter: RunFilter) =>
  infiniteQueryOptions({
    queryKey: ['runs', 'list', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.call(listRuns, { query: { ...filter, limit: PAGE, ...(pageParam && { before: pageParam }) }, signal }),
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ runs }) => runs.some(({ status }) => isUnfinished(status))) ? LIVE_MS : 15_000,
  })

/** What programs call, other than the editor and the playground. */
const CALLS = ['run', 'workflow', 'webhook', 'mcp'] satisfies RunFilter['kind']

/** The newest calls that failed. */
export const failedCallsQuery = (filter: Pick<RunFilter, 'since' | 'flow_id' | 'key_id'>) =>
  queryOptions({
    queryKey: ['runs', 'failed-calls', filter],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { ...filter, kind: CALLS, limit: 10 }
      return (await client.call(listRuns, { query: { ...query, status: 'failed' }, signal })).runs
    },
  })

/** One run with its steps. */
export const runQuery = (runId: string) =>
  queryOptions({
    queryKey: ['runs', 'one', runId],
    queryFn: ({ signal }) => client.call(readRun, { params: { run_id: runId }, signal }),
    refetchInterval: ({ state }) => (state.data && isUnfinished(state.data.status) ? 1000 : false),
  })

/** What happened inside of a run. */
export const runTraceQuery = (runId: string, isLive: boolean) =>
  queryOptions({
    queryKey: ['runs', 'trace', runId, isLive],
    queryFn: async ({ signal }) => (await client.call(readRunTrace, { params: { run_id: runId }, signal })).spans,
    refetchInterval: isLive ? 1000 : false,
  })

/** The graph a run ran; an error where it is not kept. */
export const runGraphQuery = (runId: string) =>
  queryOptions({
    queryKey: ['runs', 'graph', runId],
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    queryFn: async ({ signal }) => (await client.call(readRunGraph, { params: { run_id: runId }, signal })).data,
  })

export const runsChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['runs'] })

/** How often the calls of a webhook are looked for while somebody watches, as the settings of the server say. */
const watchMs = (): number | false => queryClient.getQueryData(configQuery.queryKey)?.webhook_polling_interval || false

/** The newest calls of a flow's webhook, read again and again. */
export const webhookRunsQuery = (flowId: string) =>
  queryOptions({
    queryKey: ['runs', 'webhook', flowId],
    refetchInterval: watchMs,
    queryFn: async ({ signal }) =>
      (await client.call(listRuns, { query: { flow_id: flowId, kind: ['webhook'], limit: 20 }, signal })).runs,
  })
