import { type NodeProps, NodeResizer } from '@xyflow/react'
import { lazy, type MouseEvent, memo, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import { isComposing } from '../../ui/input.tsx'
import { NOTE_BOUNDS, resizeNode } from '../commands/resize-node.ts'
import { setComponent } from '../commands/set-component.ts'
import { useEditorState, useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { Settled } from '../settling.tsx'
import type { CanvasNode } from './canvas-nodes.ts'
import { NoteColorButton } from './note-color-button.tsx'
import { NOTE_COLORS, noteColor } from './note-colors.ts'

const Markdown = lazy(() => import('../../ui/markdown.tsx').then(({ Markdown }) => ({ default: Markdown })))

const focusAtOnce = (element: HTMLElement | null): void => element?.focus()

const LONGEST = 2500
const WARNED = 100

/** A note beside the flow: Markdown, edited by a double click. */
export const NoteNodeView = memo(function NoteNodeView({ id, data, selected }: NodeProps<CanvasNode>): ReactNode {
  const { t } = useTranslation('editor')
  const { editor, ui } = useWorkspace()
  const isLocked = useEditorState((state) => state.isLocked)
  const isEditing = useWorkspaceUi(({ nodePanel }) => nodePanel?.nodeId === id && nodePanel.panel === 'rename')
  const setEditing = (isWanted: boolean): void =>
    ui.setState({ nodePanel: isWanted ? { nodeId: id, panel: 'rename' } : undefined })
  const openMenu = (event: MouseEvent): void => {
    event.preventDefault()
    if (!selected) editor.select({ nodes: new Set([id]), edges: new Set() })
    ui.setState({ nodeMenu: { nodeId: id, x: event.clientX, y: event.clientY } })
  }
  const { description } = data.flowNode.node
  const chosen = noteColor(data.flowNode)
  const left = LONGEST - description.length
  return (
    <>
      <NodeResizer
        isVisible={selected && !isLocked}
        {...NOTE_BOUNDS}
        color="var(--accent)"
        onResizeEnd={(_, { x, y, width, height }) => void editor.apply(resizeNode, { nodeId: id, x, y, width, height })}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard edits a note by Enter on its node */}
      <div
        data-testid="note_node"
        className={classNames(
          'relative size-full overflow-auto rounded-lg border p-3 text-sm',
          NOTE_COLORS[chosen],
          selected ? 'border-accent' : 'border-border',
        )}
        onDoubleClick={() => setEditing(!isLocked)}
        onContextMenu={openMenu}
      >
        {isEditing ? (
          <textarea
            ref={focusAtOnce}
            aria-label={t('note.label')}
            className="nodrag nowheel size-full resize-none bg-transparent outline-none"
            maxLength={LONGEST}
            value={description}
            onChange={(event) =>
              void editor.apply(
                setComponent,
                { nodeId: id, change: { description: event.target.value } },
                { mergeKey: id },
              )
            }
            onBlur={() => setEditing(false)}
            onKeyDown={(event) => {
              event.stopPropagation()
              if (event.key === 'Escape' && !isComposing(event)) setEditing(false)
            }}
          />
        ) : description ? (
          <NoteText text={description} />
        ) : (
          <p className="text-text-muted">{t('note.empty')}</p>
        )}
        {isEditing && left <= WARNED ? (
          <span className="absolute right-2 bottom-1 text-text-muted text-xs">{left}</span>
        ) : null}
      </div>
      {selected && !isLocked ? (
        <div className="-top-10 nodrag absolute right-0">
          <NoteColorButton note={{ id, data: data.flowNode }} />
        </div>
      ) : null}
    </>
  )
})

/** As it was written until its Markdown can be shown, for which a flow does not wait. */
function NoteText({ text }: { readonly text: string }): ReactNode {
  const written = <p className="whitespace-pre-wrap">{text}</p>
  return (
    <Settled instead={written}>
      <Suspense fallback={written}>
        <Markdown text={text} />
      </Suspense>
    </Settled>
  )
}
