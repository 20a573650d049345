import { listApiKeys } from '@runnel/protocol/api-keys'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** The user's API keys, masked. */
export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await client.call(listApiKeys, { signal })).api_keys,
})

export type ListedKey = Awaited<ReturnType<typeof client.call<typeof listApiKeys>>>['api_keys'][number]

export const apiKeysChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['api-keys'] })
