import { listRuns } from '@runnel/protocol/monitor'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** The newest runs of all flows, as far as one call goes. */
export const newestRunsQuery = queryOptions({
  queryKey: ['runs', 'newest'],
  queryFn: async ({ signal }) => (await client.call(listRuns, { query: { limit: 100 }, signal })).runs,
})
