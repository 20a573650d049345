import { listBuilds, listTransactions } from '@runnel/protocol/monitor'
import { countMessages, listMessages, type messageOrders } from '@runnel/protocol/monitor-messages'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

export interface MessageFilter {
  readonly flow_id?: string
  readonly session_id?: string
  readonly sender?: string
  readonly sender_name?: string
  readonly search?: string
  readonly feedback?: 'up' | 'down'
  readonly category?: 'message' | 'error' | 'warning' | 'info'
  readonly edited?: boolean
  readonly with_files?: boolean
  readonly min_tokens?: number
  readonly since?: string
  readonly until?: string
}

export type MessageOrder = (typeof messageOrders)[number]

/** Messages of one answer. */
export const MESSAGE_PAGE = 200

export const messageCountQuery = (filter: MessageFilter) =>
  queryOptions({
    queryKey: ['messages', 'count', filter],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => (await client.call(countMessages, { query: filter, signal })).total,
  })

/** One page of messages, the last by this column first: by time, the newest. Pages count from 0. */
export const messagePageQuery = (filter: MessageFilter, orderBy: MessageOrder, page: number) =>
  queryOptions({
    queryKey: ['messages', 'page', filter, orderBy, page],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      client.call(listMessages, {
        query: { ...filter, order_by: orderBy, order: 'DESC', limit: MESSAGE_PAGE, offset: page * MESSAGE_PAGE },
        signal,
      }),
  })

export const messagesChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['messages'] })

/** What the nodes of a flow were given and gave, the newest first; pages count from 1. */
export const transactionsQuery = (flowId: string, page: number, size: number) =>
  queryOptions({
    queryKey: ['transactions', flowId, page, size],
    enabled: flowId !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.call(listTransactions, { query: { flow_id: flowId, page, size }, signal }),
  })

/** The newest build of each node of a flow. */
export const buildsQuery = (flowId: string) =>
  queryOptions({
    queryKey: ['builds', flowId],
    enabled: flowId !== '',
    queryFn: async ({ signal }) => {
      const { vertex_builds } = await client.call(listBuilds, { query: { flow_id: flowId }, signal })
      return Object.values(vertex_builds).flat()
    },
  })

export const buildsChanged = async (): Promise<void> => {
  await Promise.all(['builds', 'transactions'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
}
