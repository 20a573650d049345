import { listExampleFlows } from '@runnel/protocol/example-flows'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** The starter flows the server brings. They change only with it. */
export const exampleFlowsQuery = queryOptions({
  queryKey: ['example-flows'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => client.call(listExampleFlows, { signal }),
})
