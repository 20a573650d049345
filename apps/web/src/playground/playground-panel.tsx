import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../editor/actions/use-actions.tsx'
import { ChatApprovals } from '../editor/approvals/approvals.tsx'
import { useEditorState, useWorkspace } from '../editor/editor-context.tsx'
import { mayEdit, mayRun } from '../projects/may.ts'
import { classNames } from '../ui/class-names.ts'
import { chatEnds, chatFileTypes } from './chat-ends.ts'
import { ChatHeader, PanelButtons } from './chat-header.tsx'
import { ChatView } from './chat-view.tsx'
import { FormRun } from './form/form-run.tsx'
import { ChatModelSetup } from './model-setup.tsx'
import { PanelEdge } from './panel-edge.tsx'
import { BatchButton, hasOwnWindow, PopOut, TraceToggle } from './panel-tools.tsx'
import { ChatPlaceProvider } from './playground-context.tsx'
import { playgroundOf } from './playground-of.ts'
import { usePlaygroundSettings } from './settings.ts'
import { VersionMenu } from './version-menu.tsx'

/** Wide enough for the sessions to stand beside the messages. */
const WITH_SESSIONS_PX = 640
/** The same for one that fills the window. */
const FULL_WITH_SESSIONS_PX = 1024

const opened = new WeakSet<object>()

/** Whether the panel is opened for the first time beside this flow. */
function isFirst(workspace: object): boolean {
  const first = !opened.has(workspace)
  opened.add(workspace)
  return first
}

const SETTLING_MS = 1000

/** Shows the whole flow while the canvas makes room for the panel. @returns ends it */
function fitBeside(fit: () => void): () => void {
  const canvas = document.querySelector('.react-flow')
  const resized = new ResizeObserver(() => requestAnimationFrame(() => fit()))
  if (canvas) resized.observe(canvas)
  const timer = setTimeout(() => resized.disconnect(), SETTLING_MS)
  return () => {
    clearTimeout(timer)
    resized.disconnect()
  }
}

/** The chat with the open flow, beside its canvas or over it. */
export function PlaygroundPanel(): ReactNode {
  const { t } = useTranslation('playground')
  const workspace = useWorkspace()
  const { context } = useActions()
  const playground = playgroundOf(workspace)
  const takesText = useEditorState((state) => chatEnds(state.document).hasInput)
  const canChat = useEditorState((state) => chatEnds(state.document).hasOutput) || takesText
  const fileTypes = useEditorState((state) => chatFileTypes(state.document))
  const width = usePlaygroundSettings((settings) => settings.width)
  const [isFull, setFull] = useState(hasOwnWindow)
  const [areSessionsWanted, setSessionsWanted] = useState<boolean>()
  const areSessionsShown =
    areSessionsWanted ?? (isFull ? innerWidth >= FULL_WITH_SESSIONS_PX : width >= WITH_SESSIONS_PX)
  const place = useMemo(
    () => ({
      playground,
      takesText,
      fileTypes,
      saveAsTest: mayEdit(workspace)
        ? (runId: string) => void window.open(`/flow/${workspace.flowId}/tests?save=${runId}`, '_blank', 'noopener')
        : undefined,
      refusal: mayRun(workspace) ? undefined : t('shared.noRun'),
      takesValues: mayEdit(workspace),
      showNode(nodeId: string) {
        setFull(false)
        workspace.editor.select({ nodes: new Set([nodeId]), edges: new Set() })
        context.view.fit([nodeId])
      },
    }),
    [playground, takesText, fileTypes, workspace, context, t],
  )
  // A flow that opens with its chat is seen whole beside it.
  useEffect(() => {
    const isAsked = new URLSearchParams(location.search).has('panel')
    return isAsked && isFirst(workspace) ? fitBeside(context.view.fit) : undefined
  }, [workspace, context])
  const close = (): void => workspace.ui.setState({ rightPanel: undefined })
  const panel = {
    isFull,
    onFull: hasOwnWindow ? undefined : () => setFull(!isFull),
    onClose: hasOwnWindow ? () => window.close() : close,
  }
  return (
    <aside
      aria-label={t('title')}
      data-testid="playground-panel"
      style={isFull ? undefined : { width }}
      className={classNames(
        'flex min-h-0 flex-col border-border border-l bg-surface',
        isFull ? 'fixed inset-0 z-40' : 'relative shrink-0 max-md:fixed max-md:inset-0 max-md:z-40 max-md:w-full!',
      )}
    >
      {isFull ? null : <PanelEdge />}
      <ChatPlaceProvider place={place}>
        {canChat ? (
          <ChatView
            showSessions={areSessionsShown}
            onHideSessions={() => setSessionsWanted(false)}
            header={
              <ChatHeader
                areSessionsShown={areSessionsShown}
                onToggleSessions={() => setSessionsWanted(!areSessionsShown)}
                panel={panel}
              >
                <VersionMenu />
                {mayEdit(workspace) ? <BatchButton /> : null}
                {hasOwnWindow ? null : (
                  <>
                    <TraceToggle onShow={() => setFull(false)} />
                    <PopOut onOut={close} />
                  </>
                )}
              </ChatHeader>
            }
            notice={
              <>
                <ChatApprovals />
                {workspace.role === undefined ? <ChatModelSetup /> : null}
              </>
            }
          />
        ) : (
          <>
            <header className="flex h-11 shrink-0 items-center gap-1 border-border border-b px-2">
              <h2 className="min-w-0 flex-1 truncate px-1 font-medium text-sm">{t('form.title')}</h2>
              {mayEdit(workspace) ? <BatchButton /> : null}
              <PanelButtons {...panel} />
            </header>
            <FormRun />
            <ChatApprovals />
          </>
        )}
      </ChatPlaceProvider>
    </aside>
  )
}
