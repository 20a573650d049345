import { readCatalogue, readConfig, readHealth, readVersion } from '@runnel/protocol/server-info'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** Settings of the server a page needs. They change only when it starts again. */
export const configQuery = queryOptions({
  queryKey: ['config'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => client.call(readConfig, { signal }),
})

export const versionQuery = queryOptions({
  queryKey: ['version'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => client.call(readVersion, { signal }),
})

/** Every component the server knows, by category and type. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => client.call(readCatalogue, { signal }),
})

/** Asked every 20 s, every 10 s while it fails (N-05). */
export const healthQuery = queryOptions({
  queryKey: ['health'],
  retry: false,
  refetchInterval: ({ state }) => (state.status === 'error' ? 10_000 : 20_000),
  queryFn: ({ signal }) => client.call(readHealth, { signal: AbortSignal.any([signal, AbortSignal.timeout(8000)]) }),
})
