import { createFlow, listFlows } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { projectsQuery } from '../../api/projects.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, ErrorState, Skeleton } from '../../ui/status.tsx'

/** The flows of a project. */
export function HomePage(): ReactNode {
  const { t } = useTranslation('home')
  const navigate = useNavigate()
  const { projectId } = useParams({ strict: false })
  const { data: projects } = useQuery(projectsQuery)
  const project = projects?.find(({ id }) => id === projectId) ?? projects?.[0]
  const flows = useQuery({
    queryKey: ['flows', project?.id],
    enabled: project !== undefined,
    queryFn: ({ signal }) =>
      client.call(listFlows, { query: { folder_id: project?.id, header_flows: true, get_all: true }, signal }),
  })

  async function addFlow(): Promise<void> {
    const flow = await client.call(createFlow, {
      body: { name: t('newFlowName'), folder_id: project?.id, data: { nodes: [], edges: [] } },
    })
    await navigate({ to: '/flow/$flowId', params: { flowId: flow.id } })
  }

  const list = Array.isArray(flows.data) ? flows.data : []
  return (
    <div className="mx-auto max-w-6xl p-6">
      <div className="mb-4 flex items-center justify-between gap-4">
        <h1 className="truncate font-semibold text-2xl" data-testid="mainpage_title">
          {project?.name}
        </h1>
        <Button look="primary" data-testid="new-project-btn" onClick={() => void addFlow()}>
          <Plus size={16} />
          {t('newFlow')}
        </Button>
      </div>
      {flows.isPending ? <Skeleton className="h-40" /> : null}
      {flows.isError ? <ErrorState error={flows.error} onRetry={() => void flows.refetch()} /> : null}
      {flows.isSuccess && list.length === 0 ? <EmptyState title={t('empty.title')} hint={t('empty.hint')} /> : null}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-3">
        {list.map((flow) => (
          <li key={flow.id}>
            <Link
              to="/flow/$flowId"
              params={{ flowId: flow.id }}
              data-testid="list-card"
              className="block rounded-lg border border-border p-4 hover:border-border-strong"
            >
              <span className="block truncate font-medium" data-testid="flow-name-div">
                {flow.name}
              </span>
              <span className="line-clamp-2 text-sm text-text-muted">{flow.description}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
