import { readCurrentUser } from '@runnel/protocol/users'
import { queryOptions } from '@tanstack/react-query'

/** Whether this machine may call the API without a key: asked as a program would, without the session. */
export const keylessQuery = queryOptions({
  queryKey: ['keyless'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => {
    const response = await fetch(location.origin + readCurrentUser.path, { credentials: 'omit', signal })
    // An answer that is not read holds its connection.
    await response.arrayBuffer()
    return response.ok
  },
})
