import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { projectsQuery } from '../../api/projects.ts'

/** The way back to the flows beside the open one, by the name of their project. */
export function ProjectLink({ projectId }: { readonly projectId: string | null }): ReactNode {
  const { t } = useTranslation('editor')
  const { data: projects } = useQuery(projectsQuery)
  const project = projects?.find(({ id }) => id === projectId)
  const look = 'inline-block max-w-36 shrink-0 max-xl:max-w-24 truncate leading-6 text-text-muted hover:text-text'
  return project ? (
    <Link
      to="/projects/$projectId"
      params={{ projectId: project.id }}
      className={look}
      title={project.name}
      data-testid="back_page_button"
    >
      {project.name}
    </Link>
  ) : (
    <Link to="/flows" className={look} data-testid="back_page_button">
      {t('projects')}
    </Link>
  )
}
