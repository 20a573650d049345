import { useReactFlow } from '@xyflow/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { addNote } from '../actions/paste.ts'
import { useActions } from '../actions/use-actions.tsx'
import { NOTE_SIZE } from '../commands/new-node.ts'
import { useWorkspace } from '../editor-context.tsx'

/** A note that has no place yet: its ghost follows the pointer, a click puts it down, Escape gives it up. */
export function PlacingGhost(): ReactNode {
  const { t } = useTranslation('workspace')
  const { ui } = useWorkspace()
  const { context } = useActions()
  const { getZoom, screenToFlowPosition } = useReactFlow()
  const ghost = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const follow = (event: PointerEvent): void => {
      if (!ghost.current) return
      ghost.current.hidden = false
      ghost.current.style.translate = `${event.clientX}px ${event.clientY}px`
    }
    const giveUp = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      ui.setState({ isPlacing: false })
    }
    addEventListener('pointermove', follow)
    addEventListener('keydown', giveUp, true)
    return () => {
      removeEventListener('pointermove', follow)
      removeEventListener('keydown', giveUp, true)
    }
  }, [ui])
  return (
    <>
      {/* biome-ignore lint/a11y: the key of notes puts one down without a pointer */}
      <div
        data-testid="place-note"
        className="absolute inset-0 z-20 cursor-crosshair"
        onClick={({ clientX, clientY }) => {
          ui.setState({ isPlacing: false })
          addNote(context, '', screenToFlowPosition({ x: clientX, y: clientY }))
        }}
        onContextMenu={(event) => {
          event.preventDefault()
          ui.setState({ isPlacing: false })
        }}
      />
      <div
        ref={ghost}
        hidden
        aria-hidden="true"
        className="pointer-events-none fixed top-0 left-0 z-30 rounded-lg border border-warning border-dashed bg-warning-soft p-3 text-sm text-text-muted opacity-70"
        style={{ width: NOTE_SIZE.width * getZoom(), height: NOTE_SIZE.height * getZoom() }}
      >
        {t('placing')}
      </div>
    </>
  )
}
