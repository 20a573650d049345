import { readMonitorSummary, type SummaryRange } from '@runnel/protocol/monitor-summary'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

export interface SummaryFilter {
  readonly range: SummaryRange
  readonly scope: 'own' | 'instance'
  readonly flow_id?: string
  readonly project_id?: string
}

/** How runs went, in sums. */
export const summaryQuery = (filter: SummaryFilter) =>
  queryOptions({
    queryKey: ['monitor-summary', filter],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.call(readMonitorSummary, { query: filter, signal }),
  })
