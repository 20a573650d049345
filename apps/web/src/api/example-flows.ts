import { listExampleFlows } from '@runnel/protocol/example-flows'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** The starter flows the server brings, in the language of the page. They change only with the server. */
export const exampleFlowsQuery = (language: string) =>
  queryOptions({
    queryKey: ['example-flows', language],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => client.call(listExampleFlows, { signal, headers: { 'accept-language': language } }),
  })
