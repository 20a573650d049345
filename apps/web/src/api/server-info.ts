import { readConfig, readHealth, readVersion } from '@runnel/protocol/server-info'
import { queryOptions } from '@tanstack/react-query'
import { client, isTimeout, limitAnswers } from './client.ts'

/** Settings of the server a page needs. They change only when it starts again. */
export const configQuery = queryOptions({
  queryKey: ['config'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => {
    const config = await client.call(readConfig, { signal })
    limitAnswers(config.frontend_timeout)
    return config
  },
})

export const versionQuery = queryOptions({
  queryKey: ['version'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: ({ signal }) => client.call(readVersion, { signal }),
})

/** How soon a check that failed is made again, in milliseconds. */
const AGAIN_MS = 1000

/**
 * Asked every 20 s, every 10 s while it fails; it fails with the last of so many checks in a row. A server that
 * is too slow to answer is not asked the more for it.
 */
export const healthQuery = (checks: number) =>
  queryOptions({
    queryKey: ['health'],
    retry: (count, error) => count + 1 < checks && !isTimeout(error),
    retryDelay: AGAIN_MS,
    refetchInterval: ({ state }) => (state.status === 'error' ? 10_000 : 20_000),
    queryFn: ({ signal }) => client.call(readHealth, { signal: AbortSignal.any([signal, AbortSignal.timeout(8000)]) }),
  })
