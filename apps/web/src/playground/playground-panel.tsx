import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useActions } from '../editor/actions/use-actions.tsx'
import { useEditorState, useWorkspace } from '../editor/editor-context.tsx'
import { classNames } from '../ui/class-names.ts'
import { chatEnds } from './chat-ends.ts'
import { ChatHeader } from './chat-header.tsx'
import { ChatView } from './chat-view.tsx'
import { PanelEdge } from './panel-edge.tsx'
import { ChatPlaceProvider } from './playground-context.tsx'
import { playgroundOf } from './playground-of.ts'
import { usePlaygroundSettings } from './settings.ts'

/** Wide enough for the sessions to stand beside the messages. */
const WITH_SESSIONS_PX = 640

/** The chat with the open flow, beside its canvas or over it (P-02). */
export function PlaygroundPanel(): ReactNode {
  const { t } = useTranslation('playground')
  const workspace = useWorkspace()
  const { context } = useActions()
  const playground = playgroundOf(workspace)
  const takesText = useEditorState((state) => chatEnds(state.document).hasInput)
  const width = usePlaygroundSettings((settings) => settings.width)
  const [isFull, setFull] = useState(false)
  const [areSessionsWanted, setSessionsWanted] = useState<boolean>()
  const areSessionsShown = areSessionsWanted ?? (isFull || width >= WITH_SESSIONS_PX)
  const place = useMemo(
    () => ({
      playground,
      takesText,
      showNode(nodeId: string) {
        setFull(false)
        workspace.editor.select({ nodes: new Set([nodeId]), edges: new Set() })
        context.view.fit([nodeId])
      },
    }),
    [playground, takesText, workspace, context],
  )
  return (
    <aside
      aria-label={t('title')}
      data-testid="playground-panel"
      style={isFull ? undefined : { width }}
      className={classNames(
        'flex min-h-0 flex-col border-border border-l bg-surface',
        isFull ? 'fixed inset-0 z-40' : 'relative shrink-0',
      )}
    >
      {isFull ? null : <PanelEdge />}
      <ChatPlaceProvider place={place}>
        <ChatHeader
          areSessionsShown={areSessionsShown}
          onToggleSessions={() => setSessionsWanted(!areSessionsShown)}
          panel={{
            isFull,
            onFull: () => setFull(!isFull),
            onClose: () => workspace.ui.setState({ rightPanel: undefined }),
          }}
        />
        <ChatView showSessions={areSessionsShown} />
      </ChatPlaceProvider>
    </aside>
  )
}
