import type { FlowRead } from '@runnel/protocol/flows'
import { Link } from '@tanstack/react-router'
import { ReactFlowProvider, useReactFlow } from '@xyflow/react'
import { Play, Square } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { Header } from '../app/header.tsx'
import { Button } from '../ui/button.tsx'
import type { Autosave } from './autosave.ts'
import { Canvas } from './canvas/canvas.tsx'
import type { CatalogueEntry } from './catalogue.ts'
import { addNode } from './commands/add-node.ts'
import { newNode } from './commands/new-node.ts'
import { useEditorState, useRunState, useWorkspace } from './editor-context.tsx'
import type { Point } from './model/flow-document.ts'
import { ComponentSidebar, DRAGGED_COMPONENT } from './sidebar/component-sidebar.tsx'

export interface WorkspaceViewProps {
  readonly flow: FlowRead
  readonly autosave: Autosave
}

/** Header, sidebar, canvas: an open flow. */
export const WorkspaceView = (props: WorkspaceViewProps): ReactNode => (
  <ReactFlowProvider>
    <WorkspaceParts {...props} />
  </ReactFlowProvider>
)

function WorkspaceParts({ flow, autosave }: WorkspaceViewProps): ReactNode {
  const { t } = useTranslation('editor')
  const { editor, catalogue } = useWorkspace()
  const { screenToFlowPosition } = useReactFlow()
  const canvas = useRef<HTMLElement>(null)

  const add = (entry: CatalogueEntry, position: Point): void => {
    const node = newNode(entry.type, entry.component, position)
    if (editor.apply(addNode, { node })) editor.select({ nodes: new Set([node.id]), edges: new Set() })
  }
  const addInView = (entry: CatalogueEntry): void => {
    const box = canvas.current?.getBoundingClientRect()
    const middle = screenToFlowPosition({
      x: (box?.x ?? 0) + (box?.width ?? 0) / 2 - 160,
      y: (box?.y ?? 0) + (box?.height ?? 0) / 3,
    })
    add(entry, freePlace(middle, editor.getDocument().nodes))
  }
  const drop = (event: DragEvent): void => {
    const entry = catalogue.find(event.dataTransfer.getData(DRAGGED_COMPONENT))
    if (!entry) return
    event.preventDefault()
    add(entry, screenToFlowPosition({ x: event.clientX, y: event.clientY }))
  }

  return (
    <>
      <Header>
        <nav aria-label={t('breadcrumb')} className="flex min-w-0 items-center gap-2 text-sm">
          <Link to="/flows" className="text-text-muted hover:text-text">
            {t('projects')}
          </Link>
          <span className="text-text-faint">/</span>
          <span className="truncate font-medium" data-testid="flow_name">
            {flow.name}
          </span>
        </nav>
        <SaveStatus autosave={autosave} />
        <span className="flex-1" />
        <RunButton />
      </Header>
      <div className="flex min-h-0 flex-1">
        <ComponentSidebar onAdd={addInView} />
        <main ref={canvas} className="relative min-w-0 flex-1">
          <Canvas onDropComponent={drop} />
        </main>
      </div>
    </>
  )
}

/** Moved down and right until nothing else begins there (W-21). */
function freePlace(wanted: Point, nodes: readonly { readonly position: Point }[]): Point {
  let { x, y } = wanted
  while (nodes.some(({ position }) => Math.abs(position.x - x) < 12 && Math.abs(position.y - y) < 12)) {
    x += 24
    y += 24
  }
  return { x, y }
}

function SaveStatus({ autosave }: { readonly autosave: Autosave }): ReactNode {
  const { t, i18n } = useTranslation('editor')
  const state = useStore(autosave.store)
  const at = state.kind === 'saved' ? state.at : undefined
  const time = at === undefined ? '' : new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(at)
  return (
    <span role="status" className="text-text-muted text-xs" data-testid="save-state" data-state={state.kind}>
      {t(`save.${state.kind}`, { time })}
    </span>
  )
}

function RunButton(): ReactNode {
  const { t } = useTranslation('editor')
  const { editor, runner } = useWorkspace()
  const isRunning = useRunState((state) => state.running !== undefined)
  const isEmpty = useEditorState((state) => state.document.nodes.length === 0)
  return isRunning ? (
    <Button onClick={() => void runner.stop()} data-testid="stop_building_button">
      <Square size={14} />
      {t('run.stop')}
    </Button>
  ) : (
    <Button look="primary" disabled={isEmpty} onClick={() => void runner.run({ document: editor.getDocument() })}>
      <Play size={14} />
      {t('run.run')}
    </Button>
  )
}
