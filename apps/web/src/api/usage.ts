import { downloadUsage, type GroupBy, readUsage } from '@runnel/protocol/usage'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

export interface UsageFilter {
  /** The first day, UTC; the last is today. */
  readonly from: string
  readonly flow_id?: string
  readonly key_id?: string
}

/** Calls of published flows, one row for each day, flow or key. */
export const usageQuery = (filter: UsageFilter, groupBy: GroupBy) =>
  queryOptions({
    queryKey: ['usage', filter, groupBy],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.call(readUsage, { query: { ...filter, group_by: [groupBy] }, signal }),
  })

/** The same as a file, a line for each day, flow and key. */
export const usageFile = async (filter: UsageFilter): Promise<Blob> =>
  new Blob([await client.call(downloadUsage, { query: filter })], { type: 'text/csv' })
