import { type FlowUseKind, listFlowUses } from '@runnel/protocol/flow-uses'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** The user's flows that use one of the things of these names; files are named by their path. */
export const flowUsesQuery = (kind: FlowUseKind, names: readonly string[]) =>
  queryOptions({
    queryKey: ['flow-uses', kind, names],
    queryFn: ({ signal }) => client.call(listFlowUses, { query: { kind, name: [...names] }, signal }),
    // Flows change behind this page.
    staleTime: 0,
  })

/** As the query, asked anew. @throws when the server does not tell */
export const flowsThatUse = (kind: FlowUseKind, names: readonly string[]) =>
  queryClient.fetchQuery(flowUsesQuery(kind, names))
