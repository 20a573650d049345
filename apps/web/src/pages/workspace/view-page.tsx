import { readFlow } from '@runnel/protocol/flows'
import { useSuspenseQueries } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ReactFlowProvider } from '@xyflow/react'
import { Eye, Pencil } from 'lucide-react'
import { type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogueQuery } from '../../api/catalogue.ts'
import { client } from '../../api/client.ts'
import { Header } from '../../app/header.tsx'
import { ActionsProvider } from '../../editor/actions/use-actions.tsx'
import { Canvas } from '../../editor/canvas/canvas.tsx'
import type { CanvasNode } from '../../editor/canvas/canvas-nodes.ts'
import { viewOfAll } from '../../editor/canvas/first-view.ts'
import { loadComponentIcons } from '../../editor/component-icon.tsx'
import { useWorkspace, WorkspaceProvider } from '../../editor/editor-context.tsx'
import { CanvasControls } from '../../editor/panels/canvas-controls.tsx'
import { previewWorkspace } from '../../editor/versions/preview-workspace.ts'
import { useComponentText } from '../../i18n/component-text.ts'
import { usePageTitle } from '../../ui/page-title.ts'
import { Badge, Spinner } from '../../ui/status.tsx'
import { openWorkspace } from './open-workspace.ts'

void loadComponentIcons()

const NONE: readonly CanvasNode[] = []

/** A flow to look at: its canvas, and nothing that changes or saves it. */
export function FlowViewPage(): ReactNode {
  const { flowId } = useParams({ from: '/signed-in/flow/$flowId/view' })
  return (
    <div className="flex h-full flex-col">
      <Suspense
        fallback={
          <div className="grid flex-1 place-items-center">
            <Spinner size={24} />
          </div>
        }
      >
        <FlowView key={flowId} flowId={flowId} />
      </Suspense>
    </div>
  )
}

function FlowView({ flowId }: { readonly flowId: string }): ReactNode {
  const { t } = useTranslation('flows')
  useComponentText()
  const canvas = useRef<HTMLElement>(null)
  const [{ data: flow }, { data: catalogue }] = useSuspenseQueries({
    queries: [
      { queryKey: ['flow', flowId, 'view'], queryFn: () => client.call(readFlow, { params: { flow_id: flowId } }) },
      catalogueQuery,
    ],
  })
  usePageTitle(flow.name)
  const [{ shown, autosave }] = useState(() => {
    // Nothing attends to it: no change is followed, none is saved.
    const nothing = (): void => undefined
    const given = { flow, catalogue, saveDelayMs: undefined, onMerged: nothing, onStored: nothing, onGone: nothing }
    const { workspace, autosave } = openWorkspace(given)
    return { shown: previewWorkspace(workspace, workspace.editor.getDocument()), autosave }
  })
  return (
    <WorkspaceProvider workspace={shown}>
      <ReactFlowProvider>
        <ActionsProvider autosave={autosave} canvas={canvas}>
          <Header>
            <h1 className="min-w-0 truncate font-medium text-sm">{flow.name}</h1>
            <Badge>
              <Eye size={12} /> {t('view.readOnly')}
            </Badge>
            <span className="flex-1" />
            <Link
              to="/flow/$flowId"
              params={{ flowId }}
              className="inline-flex h-8 items-center gap-1.5 rounded-md border border-border px-3 font-medium text-sm hover:bg-surface-hover"
              data-testid="open-in-editor"
            >
              <Pencil size={14} />
              {t('view.edit')}
            </Link>
          </Header>
          <main ref={canvas} className="relative min-h-0 flex-1" data-testid="flow-view">
            <ViewedCanvas />
          </main>
        </ActionsProvider>
      </ReactFlowProvider>
    </WorkspaceProvider>
  )
}

function ViewedCanvas(): ReactNode {
  const workspace = useWorkspace()
  const firstView = useMemo(() => viewOfAll(workspace, { width: innerWidth, height: innerHeight - 48 }), [workspace])
  return (
    <>
      <Canvas
        sizes={workspace.sizes}
        firstView={firstView}
        firstNodes={NONE}
        onDrop={(event) => event.preventDefault()}
      />
      <CanvasControls />
    </>
  )
}
