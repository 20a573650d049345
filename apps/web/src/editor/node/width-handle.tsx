import { useReactFlow } from '@xyflow/react'
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NODE_WIDTH, setWidth, shownWidth } from '../commands/set-width.ts'
import { useWorkspace } from '../editor-context.tsx'
import { nodeOf } from '../model/flow-document.ts'

const STEP = 16

export interface WidthHandleProps {
  readonly nodeId: string
  readonly width: number
  /** The width while it is dragged; undefined when the document has it. */
  readonly onDraft: (width: number | undefined) => void
}

/** The right edge of a node: dragged, or moved by the arrow keys, it makes the node wider. */
export function WidthHandle({ nodeId, width, onDraft }: WidthHandleProps): ReactNode {
  const { t } = useTranslation('fields')
  const { editor } = useWorkspace()
  const { getZoom } = useReactFlow()
  const start = useRef<{ readonly x: number; readonly width: number }>(undefined)
  const widthAt = (event: PointerEvent): number | undefined =>
    start.current && shownWidth(start.current.width + (event.clientX - start.current.x) / getZoom())
  const end = (event: PointerEvent): void => {
    const wanted = widthAt(event)
    start.current = undefined
    onDraft(undefined)
    if (wanted !== undefined && wanted !== width) editor.apply(setWidth, { nodeId, width: wanted })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0
    if (by === 0) return
    event.preventDefault()
    event.stopPropagation()
    // What the document says: keys come faster than they are drawn.
    const now = shownWidth(nodeOf(editor.getDocument(), nodeId)?.width)
    editor.apply(setWidth, { nodeId, width: now + by }, { mergeKey: nodeId })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no rule between paragraphs
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('node.width')}
      aria-valuemin={NODE_WIDTH.least}
      aria-valuemax={NODE_WIDTH.most}
      aria-valuenow={width}
      tabIndex={0}
      data-testid="node-width"
      className="nodrag nopan absolute inset-y-3 -right-1 w-1.5 cursor-ew-resize rounded-full hover:bg-accent/40"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => start.current && onDraft(widthAt(event))}
      onPointerUp={end}
      onPointerCancel={end}
    />
  )
}
