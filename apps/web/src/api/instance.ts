import { readInstance, readUpdate } from '@runnel/protocol/instance'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** How the parts of the server do, and its settings in the language of the page; for superusers. */
export const instanceQuery = (language: string) =>
  queryOptions({
    queryKey: ['instance', language],
    retry: false,
    queryFn: ({ signal }) => client.call(readInstance, { signal, headers: { 'accept-language': language } }),
  })

/** Whether there is a newer release, as the server knows it. */
export const updateQuery = queryOptions({
  queryKey: ['update'],
  staleTime: 3_600_000,
  retry: false,
  queryFn: ({ signal }) => client.call(readUpdate, { signal }),
})
