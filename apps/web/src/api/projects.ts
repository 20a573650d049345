import { listProjects } from '@runnel/protocol/projects'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient } from './client.ts'

/** The user's projects, the first made first. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => client.call(listProjects, { signal }),
})

const STORED = 'runnel.project'

/** The project that was shown last, in this browser. */
export const lastProject = (): string | undefined => localStorage.getItem(STORED) ?? undefined

export function rememberProject(id: string | undefined): void {
  if (id === undefined) localStorage.removeItem(STORED)
  else localStorage.setItem(STORED, id)
}

/** To be called after projects were made, renamed or deleted. */
export const projectsChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['projects'] })
