import { Handle, type NodeProps, NodeResizer, Position, useUpdateNodeInternals } from '@xyflow/react'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type MouseEvent, memo, type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { isComposing } from '../../ui/input.tsx'
import { FRAME_BOUNDS, resizeNode } from '../commands/resize-node.ts'
import { setComponent } from '../commands/set-component.ts'
import { setMinimised } from '../commands/set-minimised.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { useFromFlow } from '../from-flow.ts'
import { isNote, nodeOf } from '../model/flow-document.ts'
import { frameTitle, heldBy, isFolded } from '../model/frames.ts'
import { type CanvasNode, FRAME_HANDLE } from './canvas-nodes.ts'
import { NoteColorButton } from './note-color-button.tsx'
import { NOTE_COLORS, noteColor } from './note-colors.ts'

const TITLE_LENGTH = 120
const taken = { pointerEvents: 'auto' } as const
const focusAtOnce = (element: HTMLInputElement | null): void => element?.select()

/** A frame around a part of the flow: its head drags it with what stands in it, and folds it away. */
export const FrameView = memo(function FrameView({ id, data, selected }: NodeProps<CanvasNode>): ReactNode {
  const { t } = useTranslation('workspace')
  const { editor, ui } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const isEditing = useWorkspaceUi(({ nodePanel }) => nodePanel?.nodeId === id && nodePanel.panel === 'rename')
  const isFrameFolded = data.flowNode.frame?.folded === true
  const title = frameTitle({ data: data.flowNode })
  const color = noteColor(data.flowNode)
  const fold = (): void => {
    const node = nodeOf(editor.getDocument(), id)
    // Open only because something in it is selected: it closes over it.
    if (node && isFolded(node) && !isFrameFolded) editor.select({ nodes: new Set([id]), edges: new Set() })
    else editor.apply(setMinimised, { nodes: new Set([id]), minimised: !isFrameFolded })
  }
  const openMenu = (event: MouseEvent): void => {
    event.preventDefault()
    event.stopPropagation()
    if (!selected) editor.select({ nodes: new Set([id]), edges: new Set() })
    ui.setState({ nodeMenu: { nodeId: id, x: event.clientX, y: event.clientY } })
  }
  const close = (): void => ui.setState({ nodePanel: undefined })
  return (
    <>
      <NodeResizer
        isVisible={selected && !isLocked && !isFrameFolded}
        {...FRAME_BOUNDS}
        color="var(--accent)"
        handleStyle={taken}
        lineStyle={taken}
        onResizeEnd={(_, { x, y, width, height }) => void editor.apply(resizeNode, { nodeId: id, x, y, width, height })}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset does not lay out its content */}
      <div
        role="group"
        aria-label={t('frame.named', { title })}
        data-testid="frame_node"
        data-folded={isFrameFolded || undefined}
        className={classNames(
          'size-full rounded-lg border-2',
          isFrameFolded ? '' : 'opacity-90',
          NOTE_COLORS[color],
          selected ? 'border-accent' : 'border-border-strong',
        )}
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard renames a frame by F2 and folds it by its button */}
        <div
          className="frame-head pointer-events-auto flex h-10 cursor-grab items-center gap-1 px-2"
          onContextMenu={openMenu}
          onDoubleClick={(event) => {
            event.stopPropagation()
            if (!isLocked) ui.setState({ nodePanel: { nodeId: id, panel: 'rename' } })
          }}
        >
          <IconButton
            size="sm"
            label={t(isFrameFolded ? 'frame.unfold' : 'frame.fold')}
            aria-expanded={!isFrameFolded}
            disabled={isLocked}
            data-testid="fold-frame"
            className="nodrag"
            onClick={fold}
          >
            {isFrameFolded ? <ChevronRight size={16} /> : <ChevronDown size={16} />}
          </IconButton>
          {isEditing ? (
            <input
              ref={focusAtOnce}
              aria-label={t('frame.title')}
              data-testid="frame-title"
              className="nodrag h-7 min-w-0 flex-1 rounded-sm border border-accent bg-surface px-1.5 font-semibold outline-none"
              maxLength={TITLE_LENGTH}
              value={title}
              onChange={({ target: { value } }) =>
                void editor.apply(setComponent, { nodeId: id, change: { description: value } }, { mergeKey: id })
              }
              onBlur={close}
              onKeyDown={(event) => {
                event.stopPropagation()
                if ((event.key === 'Escape' || event.key === 'Enter') && !isComposing(event)) close()
              }}
            />
          ) : (
            <span className="min-w-0 flex-1 truncate font-semibold" title={title}>
              {title || t('frame.untitled')}
            </span>
          )}
          {isFrameFolded ? <HeldCount nodeId={id} /> : null}
          {selected && !isLocked ? <NoteColorButton note={{ id, data: data.flowNode }} /> : null}
        </div>
      </div>
      {isFrameFolded ? <FrameHandles nodeId={id} /> : null}
    </>
  )
})

/** How many components a folded frame hides. */
function HeldCount({ nodeId }: { readonly nodeId: string }): ReactNode {
  const { t } = useTranslation('workspace')
  const count = useFromFlow((document) => {
    const frame = nodeOf(document, nodeId)
    const held = frame ? heldBy(document, frame) : new Set()
    return document.nodes.filter((node) => held.has(node.id) && !isNote(node)).length
  })
  return <span className="shrink-0 text-text-muted text-xs">{t('frame.count', { count })}</span>
}

/** Where the edges of what is hidden end. They come after the frame has been measured, which is told to the canvas. */
function FrameHandles({ nodeId }: { readonly nodeId: string }): ReactNode {
  const update = useUpdateNodeInternals()
  useEffect(() => update(nodeId), [update, nodeId])
  return (
    <>
      <Handle type="target" id={FRAME_HANDLE} position={Position.Left} isConnectable={false} className="opacity-0" />
      <Handle type="source" id={FRAME_HANDLE} position={Position.Right} isConnectable={false} className="opacity-0" />
    </>
  )
}
