import type { FlowRead } from '@runnel/protocol/flows'
import { queryOptions, useQuery, useSuspenseQueries } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import i18next from 'i18next'
import { type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { queryClient } from '../../api/client.ts'
import { flowsChanged } from '../../api/flows.ts'
import { projectsChanged } from '../../api/projects.ts'
import { runGraphQuery } from '../../api/runs.ts'
import { configQuery } from '../../api/server-info.ts'
import { HealthBar } from '../../app/health-bar.tsx'
import { loadComponentIcons } from '../../editor/component-icon.tsx'
import { ConflictBar } from '../../editor/conflict/conflict-bar.tsx'
import type { Editor } from '../../editor/editor.ts'
import { WorkspaceProvider } from '../../editor/editor-context.tsx'
import { readDocument } from '../../editor/model/flow-document.ts'
import { replayWorkspace } from '../../editor/replay/replay-workspace.ts'
import type { Autosave } from '../../editor/saving/autosave.ts'
import { readDraft, restoreDraft } from '../../editor/saving/local-draft.ts'
import { previewWorkspace } from '../../editor/versions/preview-workspace.ts'
import { WorkspaceView } from '../../editor/workspace-view.tsx'
import { isStored, noLongerNew } from '../../flows/new-flow.ts'
import { componentText } from '../../i18n/component-text.ts'
import { listed } from '../../i18n/listed.ts'
import { chatEnds } from '../../playground/chat-ends.ts'
import { lazily } from '../../ui/lazily.ts'
import { notify } from '../../ui/notifications.tsx'
import { Spinner } from '../../ui/status.tsx'
import { openWorkspace } from './open-workspace.ts'
import { readOrBegin } from './read-or-begin.ts'

const NewFlowOverlay = lazily(async () => (await import('./new-flow-overlay.tsx')).NewFlowOverlay)
const DraftBar = lazily(async () => (await import('../../editor/panels/draft-bar.tsx')).DraftBar)
const PreviewBar = lazily(async () => (await import('../../editor/versions/preview-bar.tsx')).PreviewBar)

// Asked for with the flow, so that the first node finds its words and its picture.
const looks = Promise.all([
  i18next.loadNamespaces(['editor', 'fields', 'workspace', 'playground', 'components']),
  loadComponentIcons(),
])

/** So many nodes are named when somebody else has changed them. */
const NAMED = 3
const ROUTE = '/signed-in/flow/$flowId'

/** A flow opens at once that comes within this time; before one that takes longer the page says that it waits. */
const PATIENCE_MS = 300

const flowQuery = (flowId: string, newIn: string | undefined) =>
  queryOptions({
    queryKey: ['flow', flowId],
    // The editor holds the flow from here on.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => readOrBegin(flowId, newIn, i18next.t('workspace:flow.new')),
  })

/**
 * Reads what the page first shows, so that it is drawn once: React holds back for 300 ms whatever takes the place of a
 * sign that it waits. What fails here fails again where it is shown.
 */
export async function readyToDraw(flowId: string, newIn: string | undefined): Promise<void> {
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
  const parts = [
    looks,
    queryClient.ensureQueryData(configQuery),
    looks.then(() => queryClient.ensureQueryData(flowQuery(flowId, newIn))),
  ]
  await Promise.race([patience, Promise.allSettled(parts)])
}

/** The editor of one flow. */
export function WorkspacePage(): ReactNode {
  const { flowId } = useParams({ from: ROUTE })
  const navigate = useNavigate({ from: '/flow/$flowId' })
  // A flow made from a template is another flow under the same id: it is opened anew.
  const [opened, setOpened] = useState(0)
  const reopen = async (flow: FlowRead): Promise<void> => {
    stored(flow)
    const { hasInput } = chatEnds(readDocument(flow.data))
    await navigate({ search: hasInput ? { panel: 'playground' } : {}, replace: true })
    setOpened(opened + 1)
  }
  return (
    <div className="flex h-full flex-col">
      <HealthBar />
      <Suspense fallback={<Loading />}>
        <OpenFlow key={`${flowId} ${opened}`} flowId={flowId} onMade={(flow) => void reopen(flow)} />
      </Suspense>
    </div>
  )
}

const Loading = (): ReactNode => (
  <div className="grid flex-1 place-items-center">
    <Spinner size={24} />
  </div>
)

/** A new flow has got its place on the server. */
function stored(flow: FlowRead): void {
  queryClient.setQueryData(['flow', flow.id], flow)
  noLongerNew(flow.id)
  void flowsChanged()
}

interface OpenFlowProps {
  readonly flowId: string
  /** The flow was made from a template. */
  readonly onMade: (flow: FlowRead) => void
}

function OpenFlow({ flowId, onMade }: OpenFlowProps): ReactNode {
  const { t } = useTranslation(['editor', 'workspace', 'common'])
  const { new: newIn, run } = useSearch({ from: ROUTE })
  const navigate = useNavigate({ from: '/flow/$flowId' })
  const [isBlank, setBlank] = useState(false)
  // Asked for side by side: one waits for none of the others.
  const [{ data: flow }, { data: config }] = useSuspenseQueries({
    queries: [flowQuery(flowId, newIn), configQuery],
  })
  const [{ workspace, autosave, sync, name, attend }] = useState(() =>
    openWorkspace({
      flow,
      delivery: config.event_delivery,
      saveDelayMs: config.auto_saving ? config.auto_saving_interval : undefined,
      onMerged({ author, nodes }) {
        const names = nodes.map(({ data }) => componentText(data.node.display_name))
        const text =
          author === undefined || names.length === 0
            ? t('sync.merged')
            : t('sync.mergedBy', { author, nodes: listed(names.slice(0, NAMED)), count: names.length })
        notify('notice', text)
      },
      onStored(made) {
        stored(made)
        void navigate({ search: ({ new: _, ...rest }) => rest, replace: true })
      },
      onGone() {
        notify('notice', t('common:flowGone'))
        void projectsChanged()
        void flowsChanged()
        void navigate({ to: '/flows', replace: true })
      },
    }),
  )
  useEffect(attend, [attend])
  useForgetting(flow)
  const preview = useStore(workspace.ui, (state) => state.preview)
  const { data: ran, isLoading } = useQuery({ ...runGraphQuery(run ?? ''), enabled: run !== undefined })
  const shown = useMemo(() => {
    if (preview) return previewWorkspace(workspace, preview.document)
    return run !== undefined && ran ? replayWorkspace(workspace, readDocument(ran)) : workspace
  }, [workspace, preview, run, ran])
  if (isLoading) return <Loading />
  return (
    <WorkspaceProvider workspace={shown}>
      {preview ? (
        <Suspense fallback={null}>
          <PreviewBar workspace={workspace} autosave={autosave} preview={preview} />
        </Suspense>
      ) : null}
      <ConflictBar sync={sync} flow={flow} />
      <LeftDraft editor={workspace.editor} autosave={autosave} flowId={flowId} />
      <WorkspaceView
        key={preview?.versionId ?? run ?? ''}
        flow={flow}
        autosave={autosave}
        beginning={
          isStored(flow) || isBlank || config.hide_starter_projects ? undefined : (
            <Suspense fallback={null}>
              <NewFlowOverlay
                flow={flow}
                onMade={onMade}
                onBlank={() => setBlank(true)}
                onDescribed={(naming) => {
                  if (naming) name(naming)
                  setBlank(true)
                }}
              />
            </Suspense>
          )
        }
      />
    </WorkspaceProvider>
  )
}

interface LeftDraftProps {
  readonly editor: Editor
  readonly autosave: Autosave
  readonly flowId: string
}

/** What an earlier tab could not save. Nothing is shown of it as a rule, so nothing waits for it. */
function LeftDraft({ editor, autosave, flowId }: LeftDraftProps): ReactNode {
  const { data: draft } = useQuery({
    queryKey: ['draft', flowId],
    gcTime: 0,
    queryFn: async () => (await readDraft(flowId)) ?? null,
  })
  return draft ? <DraftBar draft={draft} onRestore={(left) => restoreDraft(left, editor, autosave)} /> : null
}

/**
 * Forgets what was read when the flow is left, so that it is read anew next time. Not by a short life in the cache: where
 * drawing takes longer than that, the flow would be asked for again while it is drawn.
 */
function useForgetting(flow: FlowRead): void {
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    clearTimeout(leaving.current)
    const queryKey = ['flow', flow.id]
    return () => {
      // A moment later, for it may be there again at once: in strict mode, or made from a template.
      leaving.current = setTimeout(() => {
        if (queryClient.getQueryData(queryKey) === flow) queryClient.removeQueries({ queryKey, exact: true })
      })
    }
  }, [flow])
}
