import {
  checkPublication,
  diffPublication,
  listPublications,
  type Publication,
  readPublication,
} from '@runnel/protocol/publications'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** A published flow and its versions, newest first; null for a flow that was never published. */
export const publicationQuery = (flowId: string) =>
  queryOptions({
    queryKey: ['publications', flowId],
    queryFn: ({ signal }) =>
      client.call(readPublication, { params: { flow_id: flowId }, query: { or_null: true }, signal }),
  })

/** What publishing the saved draft would meet; `draft` tells one draft from the next. */
export const publicationCheckQuery = (flowId: string, draft: string) =>
  queryOptions({
    queryKey: ['publications', flowId, 'check', draft],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.call(checkPublication, { params: { flow_id: flowId }, signal }),
  })

/** How two versions differ; without `to`, a version and the draft. */
export const publicationDifferenceQuery = (flowId: string, from: number, to: number | undefined) =>
  queryOptions({
    queryKey: ['publications', flowId, 'difference', from, to ?? 'draft'],
    queryFn: ({ signal }) =>
      client.call(diffPublication, {
        params: { flow_id: flowId },
        query: { from, ...(to !== undefined && { to }) },
        signal,
      }),
  })

export interface PublicationSearch {
  readonly page: number
  readonly size: number
  readonly search?: string
}

/** The user's published flows, the last published first. */
export const publicationsQuery = (query: PublicationSearch) =>
  queryOptions({
    queryKey: ['publications', 'list', query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.call(listPublications, { query, signal }),
  })

/** Publications of one answer, at most. */
const MOST = 100

/** Every flow of the user that answers calls, by its id. */
export const publishedFlowsQuery = queryOptions({
  queryKey: ['publications', 'live'],
  queryFn: async ({ signal }): Promise<ReadonlyMap<string, Publication>> => {
    const found: Publication[] = []
    for (let page = 1; ; page++) {
      const { items, pages } = await client.call(listPublications, { query: { page, size: MOST }, signal })
      found.push(...items.filter(({ status }) => status !== 'unpublished'))
      if (page >= pages) return new Map(found.map((one) => [one.flow_id, one]))
    }
  },
})

/** To be called after flows were published, taken back, or saved since. */
export const publicationsChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['publications'] })
