import { type FlowUseKind, listFlowUses } from '@runnel/protocol/flow-uses'
import { readUsage } from '@runnel/protocol/usage'
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

export interface FlowUser {
  readonly id: string
  readonly name: string
}

/** How the flows that use one thing are found. */
export interface FlowUsers {
  /** Tells the thing from all others. */
  readonly key: readonly string[]
  readonly read: () => Promise<readonly FlowUser[]>
}

/** By what is in them. */
export const usersOf = (kind: FlowUseKind, name: string): FlowUsers => ({
  key: [kind, name],
  read: () => client.call(listFlowUses, { query: { kind, name: [name] } }),
})

const YEAR_MS = 365 * 86_400_000

/** The flows that were called with a key within a year. */
export const usersOfKey = (id: string): FlowUsers => ({
  key: ['api_key', id],
  async read() {
    const from = new Date(Date.now() - YEAR_MS).toISOString().slice(0, 10)
    const { rows } = await client.call(readUsage, { query: { from, key_id: id, group_by: ['flow'] } })
    return rows.flatMap(({ flow_id, flow_name }) => (flow_id && flow_name ? [{ id: flow_id, name: flow_name }] : []))
  },
})
