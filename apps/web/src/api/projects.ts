import { listProjects, type ProjectRead } from '@runnel/protocol/projects'
import { queryOptions } from '@tanstack/react-query'
import i18next from 'i18next'
import { client, queryClient } from './client.ts'

/** The server calls the project everybody begins with so, whatever language they speak. */
const FIRST = 'My Projects'

type Namer = (projects: readonly ProjectRead[]) => readonly ProjectRead[]

/** One for each language: what a query gave is kept as long as its function is the same. */
const namers = new Map<string, Namer>()

function namerFor(language: string): Namer {
  const name = i18next.t('common:names.firstProject')
  const namer =
    namers.get(language) ??
    ((projects) => projects.map((one) => (one.is_owner && one.name === FIRST ? { ...one, name } : one)))
  namers.set(language, namer)
  return namer
}

/** The user's projects, the first made first; the one that came by itself is called as the user would call it. */
export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }): Promise<readonly ProjectRead[]> => client.call(listProjects, { signal }),
  get select() {
    return namerFor(i18next.language)
  },
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
