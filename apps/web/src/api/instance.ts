import { readInstance, readUpdate } from '@runnel/protocol/instance'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** How the parts of the server do, and its settings; for superusers. */
export const instanceQuery = queryOptions({
  queryKey: ['instance'],
  retry: false,
  queryFn: ({ signal }) => client.call(readInstance, { signal }),
})

/** Whether there is a newer release, as the server knows it. */
export const updateQuery = queryOptions({
  queryKey: ['update'],
  staleTime: 3_600_000,
  retry: false,
  queryFn: ({ signal }) => client.call(readUpdate, { signal }),
})
