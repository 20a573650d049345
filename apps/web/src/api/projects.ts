import { listProjects } from '@runnel/protocol/projects'
import { queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'

/** The user's projects, the first made first. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => client.call(listProjects, { signal }),
})
