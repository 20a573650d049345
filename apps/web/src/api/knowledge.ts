import { type KnowledgeBaseRead, listKnowledgeBases } from '@runnel/protocol/knowledge-bases'
import { listKnowledgeChunks, listKnowledgeMetadata } from '@runnel/protocol/knowledge-chunks'
import { listKnowledgeRuns } from '@runnel/protocol/knowledge-runs'
import { listKnowledgeSources } from '@runnel/protocol/knowledge-sources'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { client, queryClient } from './client.ts'

/** How often a base that is being filled is looked at. */
const WATCH_MS = 1500

/** The user's knowledge bases; read again while files are being added to one. */
export const knowledgeBasesQuery = queryOptions({
  queryKey: ['knowledge', 'list'],
  queryFn: ({ signal }) => client.call(listKnowledgeBases, { signal }),
  refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'ingesting') ? WATCH_MS : false),
})

/** A name and a value of what is kept with a text. */
export interface KeptEntry {
  readonly key: string
  readonly value: string
}

export interface ChunkQuery {
  readonly base: string
  readonly search: string
  /** The file they come from; empty for all. */
  readonly source: string
  /** An entry of what is kept with them. */
  readonly kept: KeptEntry | undefined
  /** From 1. */
  readonly page: number
}

export const CHUNK_PAGE = 20

/** A page of the texts a base holds. */
export const chunksQuery = ({ base, search, source, kept, page }: ChunkQuery) =>
  queryOptions({
    queryKey: ['knowledge', 'chunks', base, search, source, kept, page],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      client.call(listKnowledgeChunks, {
        params: { kb_name: base },
        query: { page, limit: CHUNK_PAGE, search, source, ...kept },
        signal,
      }),
  })

/** The files the texts of a base come from, with how much is of each. */
export const knowledgeSourcesQuery = (base: string) =>
  queryOptions({
    queryKey: ['knowledge', 'sources', base],
    queryFn: ({ signal }) => client.call(listKnowledgeSources, { params: { kb_name: base }, signal }),
  })

/** What the ingestion itself keeps with each text: whose numbers nobody looks for. */
const OWN_KEYS: ReadonlySet<string> = new Set(['source', 'source_name', 'chunk_index', 'total_chunks', 'job_id'])

/** What users keep with the texts of a base, each name with some of its values. */
export const keptEntriesQuery = (base: string) =>
  queryOptions({
    queryKey: ['knowledge', 'kept', base],
    queryFn: async ({ signal }): Promise<readonly KeptEntry[]> => {
      const { keys } = await client.call(listKnowledgeMetadata, { params: { kb_name: base }, signal })
      const own = keys.filter(({ key }) => !OWN_KEYS.has(key))
      return own.flatMap(({ key, values }) => values.map((value) => ({ key, value })))
    },
  })

/** When files were added to a base, and how it went; read again while it goes on. */
export const knowledgeRunsQuery = (base: string) =>
  queryOptions({
    queryKey: ['knowledge', 'runs', base],
    queryFn: ({ signal }) => client.call(listKnowledgeRuns, { params: { kb_name: base }, signal }),
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'running') ? WATCH_MS : false),
  })

/** What a base holds is read again when files have come in or gone, whoever added them. */
export function useFreshContents({ id, status, chunks }: Pick<KnowledgeBaseRead, 'id' | 'status' | 'chunks'>): void {
  const state = `${status} ${chunks}`
  const seen = useRef(state)
  useEffect(() => {
    if (seen.current === state) return
    seen.current = state
    for (const part of ['sources', 'chunks', 'kept']) {
      void queryClient.invalidateQueries({ queryKey: ['knowledge', part, id] })
    }
  }, [id, state])
}

export const knowledgeChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['knowledge'] })
