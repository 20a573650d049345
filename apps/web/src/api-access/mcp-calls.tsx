import { projectServer } from '@runnel/protocol/mcp-clients'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { openToolsQuery } from '../api/project-tools.ts'
import { projectsQuery } from '../api/projects.ts'
import { ClientSettings } from '../project-tools/client-settings.tsx'

export interface McpCallsProps {
  readonly projectId: string
  readonly apiKey: string | undefined
}

/** How MCP clients reach the flow: as a tool of its project's server. */
export function McpCalls({ projectId, apiKey }: McpCallsProps): ReactNode {
  const { t } = useTranslation('api-access')
  const { data: projects } = useQuery(projectsQuery)
  const { data: isOpen } = useQuery(openToolsQuery(projectId))
  const project = projects?.find(({ id }) => id === projectId)
  if (!project || isOpen === undefined) return null
  return (
    <>
      <Link
        to="/projects/$projectId"
        params={{ projectId }}
        search={{ kind: 'mcp' }}
        className="w-fit text-accent text-sm underline"
      >
        {t('mcp.tools')}
      </Link>
      <ClientSettings server={projectServer(project, { origin: location.origin, needsKey: !isOpen, key: apiKey })} />
    </>
  )
}
