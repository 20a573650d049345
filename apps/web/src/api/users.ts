import { listUsers } from '@runnel/protocol/users'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

export interface UserQuery {
  readonly search: string
  /** From 1. */
  readonly page: number
  readonly size: number
}

/** A page of all users; superusers alone may ask. */
export const usersQuery = ({ search, page, size }: UserQuery) =>
  queryOptions({
    queryKey: ['users', search, page, size],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      client.call(listUsers, { query: { skip: (page - 1) * size, limit: size, ...(search && { search }) }, signal }),
  })

export const usersChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['users'] })
