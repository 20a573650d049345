import { ClientError } from '@runnel/client'
import { createFlow, type FlowHeaderRead } from '@runnel/protocol/flows'
import type { FlowRuns } from '@runnel/protocol/monitor'
import { listProjectTools } from '@runnel/protocol/project-tools'
import type { ProjectRead } from '@runnel/protocol/projects'
import type { Publication } from '@runnel/protocol/publications'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { CloudUpload, Component, Plus, SearchX, Users, Workflow } from 'lucide-react'
import { type ReactNode, Suspense, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../api/client.ts'
import { exampleFlowsQuery } from '../../api/example-flows.ts'
import { flowHeadersQuery } from '../../api/flows.ts'
import { projectsChanged, projectsQuery, rememberProject } from '../../api/projects.ts'
import { publishedFlowsQuery } from '../../api/publications.ts'
import { flowRunsQuery } from '../../api/runs.ts'
import { configQuery } from '../../api/server-info.ts'
import { sessionQuery } from '../../api/session.ts'
import { useListState } from '../../app/list-state.ts'
import { useFlowActions } from '../../flows/flow-actions.ts'
import { newFlowPlace } from '../../flows/new-flow.ts'
import { useRemovedFlows } from '../../flows/removed-flows.ts'
import { mayCall, roleIn } from '../../projects/may.ts'
import { Button } from '../../ui/button.tsx'
import { FileDrop } from '../../ui/file-drop.tsx'
import { lazily } from '../../ui/lazily.ts'
import { notify } from '../../ui/notifications.tsx'
import { Page } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { useSelection } from '../../ui/selection.ts'
import { EmptyState, ErrorState, FailedPart, Forbidden } from '../../ui/status.tsx'
import { FlowList, ListSkeleton } from './flow-list.tsx'
import { HomeToolbar } from './home-toolbar.tsx'
import { ImportButton } from './import-button.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { useView } from './use-view.ts'
import { LIST_DEFAULTS, ownersOf, visibleFlows } from './visible-flows.ts'

const ApiAccessDialog = lazily(async () => (await import('../../api-access/api-access-dialog.tsx')).ApiAccessDialog)
const FlowSettingsDialog = lazily(async () => (await import('../../flows/flow-settings-dialog.tsx')).FlowSettingsDialog)
const MembersDialog = lazily(async () => (await import('../../projects/members-dialog.tsx')).MembersDialog)
const ProjectToolsView = lazily(
  async () => (await import('../../project-tools/project-tools-view.tsx')).ProjectToolsView,
)

const NONE: readonly FlowHeaderRead[] = []
const NEVER_RUN: ReadonlyMap<string, FlowRuns> = new Map()
const UNPUBLISHED: ReadonlyMap<string, Publication> = new Map()
/** Fewer flows need no pages. */
const PAGED_FROM = 10

/** The flows of a project, or of all of them. */
export function HomePage(): ReactNode {
  const { t, i18n } = useTranslation('home')
  const projects = useQuery(projectsQuery)
  const [state, setState] = useListState<Record<keyof typeof LIST_DEFAULTS, string>>(LIST_DEFAULTS)
  const current = useCurrentProject(projects.data)
  const isAll = state.in === 'all'
  const project = isAll ? undefined : current
  const inList = useQuery({ ...flowHeadersQuery(project?.id), enabled: isAll || project !== undefined })
  // Without projects it is not known which flows are meant.
  const { isPending, error, refetch } = projects.data === undefined ? projects : inList
  const flows = ((isAll || project) && inList.data) || NONE
  // Whom the project is no longer shared with is led away as soon as the list knows.
  const isGone = error instanceof ClientError && error.status === 404
  useEffect(() => {
    if (isGone) void projectsChanged()
  }, [isGone])
  const lastRuns = useQuery(flowRunsQuery)
  const publications = useQuery(publishedFlowsQuery)
  const { data: session } = useQuery(sessionQuery)
  const self = session?.user?.username ?? ''
  const facts = { runs: lastRuns.data ?? NEVER_RUN, published: publications.data ?? UNPUBLISHED, self }
  const { data: config } = useQuery(configQuery)
  const role = project && roleIn(project)
  const mayMake = mayCall(createFlow, role)
  const mayBegin = mayMake && !config?.hide_new_flow_button
  const [view, setView] = useView(state.view)
  const removed = useRemovedFlows(({ ids }) => ids)
  const actions = useFlowActions()
  const navigate = useNavigate()
  const [edited, setEdited] = useState<FlowHeaderRead>()
  const [called, setCalled] = useState<FlowHeaderRead>()
  const [hasMembers, setMembers] = useState(false)

  const present = useMemo(() => flows.filter(({ id }) => !removed.has(id)), [flows, removed])
  const tags = useMemo(() => [...new Set(present.flatMap((flow) => flow.tags ?? []))].sort(), [present])
  const owners = useMemo(() => ownersOf(present, self), [present, self])
  const { shown, total, page, size, isFiltered } = visibleFlows(present, state, facts, i18n.language)
  const hasTools = project !== undefined && mayCall(listProjectTools, role)
  const selection = useSelection(shown.map(({ id }) => id))
  const importFiles = (files: readonly File[]): Promise<void> => actions.importFiles(files, project?.id)
  const begin = (): void => {
    // What the canvas offers, asked for while its script is on the way.
    void queryClient.prefetchQuery(exampleFlowsQuery(i18n.language))
    void navigate(newFlowPlace(project?.id))
  }
  const newFlow = (
    <Button look="primary" data-testid="new-project-btn" onClick={begin}>
      <Plus size={16} />
      {t('newFlow')}
    </Button>
  )

  return (
    <FileDrop
      text={t('drop')}
      onDrop={mayMake ? (files) => void importFiles(files) : undefined}
      className="min-h-full"
      testId="cards-wrapper"
    >
      <Page
        title={isAll ? t('all') : (project?.name ?? ' ')}
        description={role && project ? t(`shared.${role}`, { owner: project.owner_username }) : undefined}
        testId="mainpage_title"
        actions={
          <>
            {project && session?.isAutomatic === false ? (
              <Button data-testid="open-members" onClick={() => setMembers(true)}>
                <Users size={16} />
                {t('members')}
              </Button>
            ) : null}
            {mayMake ? <ImportButton onFiles={importFiles} /> : null}
            {mayBegin ? newFlow : null}
          </>
        }
        toolbar={
          <HomeToolbar
            state={state}
            onChange={setState}
            view={view}
            onView={(next) => {
              setView(next)
              setState({ view: next })
            }}
            tags={tags}
            owners={owners}
            isLoading={isPending}
            tools={hasTools ? present.filter(({ mcp_enabled }) => mcp_enabled).length : undefined}
          />
        }
      >
        {state.kind === 'mcp' && project && !hasTools ? (
          <Forbidden reason={t('toolsForbidden', { owner: project.owner_username })} />
        ) : state.kind === 'mcp' && hasTools ? (
          <Suspense fallback={<ListSkeleton view="list" />}>
            {project ? <ProjectToolsView key={project.id} project={project} /> : null}
          </Suspense>
        ) : (
          <>
            <FailedPart title={t('failed.runs')} query={lastRuns} className="mb-3" />
            <FailedPart title={t('failed.published')} query={publications} className="mb-3" />
            {isPending ? <ListSkeleton view={view} /> : null}
            {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
            {!isPending && !error && total === 0 ? (
              isFiltered ? (
                <EmptyState
                  icon={<SearchX size={32} />}
                  title={t('none.title')}
                  hint={t('none.hint')}
                  actions={
                    <Button onClick={() => setState({ q: '', filter: 'all', tag: '', owner: '' })}>
                      {t('none.clear')}
                    </Button>
                  }
                />
              ) : (
                <EmptyProject
                  kind={state.kind}
                  onNew={mayBegin ? begin : undefined}
                  onFiles={mayMake ? importFiles : undefined}
                  onFlows={() => setState({ kind: 'flows' })}
                />
              )
            ) : null}
            <FlowList
              flows={shown}
              view={view}
              selection={selection}
              actions={actions}
              runs={facts.runs}
              published={facts.published}
              onEdit={setEdited}
              onApi={setCalled}
            />
            {total >= PAGED_FROM ? <Pagination total={total} page={page} size={size} onChange={setState} /> : null}
            <SelectionBar flows={shown.filter(({ id }) => selection.has(id))} selection={selection} actions={actions} />
          </>
        )}
        <div className="h-6 shrink-0" />
      </Page>
      <Suspense fallback={null}>
        {edited ? <FlowSettingsDialog flow={edited} onClose={() => setEdited(undefined)} /> : null}
        {called ? <ApiAccessDialog flowId={called.id} onClose={() => setCalled(undefined)} /> : null}
        {hasMembers && project ? <MembersDialog project={project} onClose={() => setMembers(false)} /> : null}
      </Suspense>
    </FileDrop>
  )
}

/** The project of the address, else the first. One that is not there leads back to the list. */
function useCurrentProject(projects: readonly ProjectRead[] | undefined): ProjectRead | undefined {
  const { t } = useTranslation('home')
  const navigate = useNavigate()
  const { projectId } = useParams({ strict: false })
  const project = projectId === undefined ? projects?.[0] : projects?.find(({ id }) => id === projectId)
  useEffect(() => {
    if (projectId !== undefined && project) rememberProject(projectId)
    if (projectId === undefined || projects === undefined || project) return
    rememberProject(undefined)
    notify('notice', t('projectGone'))
    void navigate({ to: '/flows', replace: true })
  }, [projectId, project, projects, navigate, t])
  return project
}

interface EmptyProjectProps {
  readonly kind: string
  readonly onNew: (() => void) | undefined
  /** Undefined where none may be made, as in a project of another. */
  readonly onFiles: ((files: readonly File[]) => Promise<void>) | undefined
  /** Leads to the flows of the project. */
  readonly onFlows: () => void
}

function EmptyProject({ kind, onNew, onFiles, onFlows }: EmptyProjectProps): ReactNode {
  const { t } = useTranslation('home')
  const { data: all } = useQuery(flowHeadersQuery())
  /** Nobody has made a flow anywhere: whoever reads this sees the product for the first time. */
  const isFirst = all?.length === 0
  if (kind !== 'flows') {
    const [Icon, name] =
      kind === 'components' ? [Component, 'emptyComponents' as const] : [CloudUpload, 'emptyPublished' as const]
    return (
      <EmptyState
        icon={<Icon size={36} />}
        title={t(`${name}.title`)}
        hint={t(`${name}.hint`)}
        actions={
          <>
            <Button onClick={onFlows}>{t('showFlows')}</Button>
            {kind === 'components' && onFiles ? <ImportButton onFiles={onFiles} /> : null}
          </>
        }
      />
    )
  }
  if (!onFiles) {
    return <EmptyState icon={<Workflow size={36} />} title={t('emptyShared.title')} hint={t('emptyShared.hint')} />
  }
  return (
    <EmptyState
      icon={<Workflow size={36} />}
      title={isFirst ? t('welcome.title') : t('empty.title')}
      hint={isFirst ? t('welcome.hint') : t('empty.hint')}
      actions={
        <>
          {onNew ? (
            <Button look="primary" data-testid="new_project_btn_empty_page" onClick={onNew}>
              <Plus size={16} />
              {t('newFlow')}
            </Button>
          ) : null}
          <ImportButton onFiles={onFiles} />
        </>
      }
    />
  )
}
