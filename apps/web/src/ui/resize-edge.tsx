import { type PointerEvent, type ReactNode, useRef } from 'react'
import { classNames } from './class-names.ts'

const STEP_PX = 24

const PLACES = {
  right: '-right-1 inset-y-0 w-2 cursor-col-resize',
  left: '-left-1 inset-y-0 w-2 cursor-col-resize',
  top: '-top-1 inset-x-0 h-2 cursor-row-resize',
} as const

/** What makes the panel larger, and smaller. */
const KEYS = {
  right: ['ArrowRight', 'ArrowLeft'],
  left: ['ArrowLeft', 'ArrowRight'],
  top: ['ArrowUp', 'ArrowDown'],
} as const

export interface ResizeEdgeProps {
  readonly label: string
  /** The edge of the panel that is moved; all beside `right` make it larger against their direction. */
  readonly side: 'right' | 'left' | 'top'
  /** Pixels: the width of the panel, or its height when the edge is its top. */
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (value: number) => void
}

/** The edge of a panel: dragged, or moved by arrow keys, it makes the panel larger or smaller. */
export function ResizeEdge({ label, side, value, min, max, onChange }: ResizeEdgeProps): ReactNode {
  const grabbed = useRef<{ readonly at: number; readonly value: number } | undefined>(undefined)
  const resize = (wanted: number): void => onChange(Math.round(Math.min(max, Math.max(min, wanted))))
  const placeOf = ({ clientX, clientY }: PointerEvent): number =>
    side === 'top' ? -clientY : side === 'left' ? -clientX : clientX
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no hr
    <div
      role="separator"
      aria-orientation={side === 'top' ? 'horizontal' : 'vertical'}
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={classNames('absolute z-10 hover:bg-accent/30 focus-visible:bg-accent/30', PLACES[side])}
      onPointerDown={(event) => {
        grabbed.current = { at: placeOf(event), value }
        event.currentTarget.setPointerCapture(event.pointerId)
        event.preventDefault()
      }}
      onPointerMove={(event) => {
        if (grabbed.current) resize(grabbed.current.value + placeOf(event) - grabbed.current.at)
      }}
      onLostPointerCapture={() => {
        grabbed.current = undefined
      }}
      onKeyDown={({ key }) => {
        const [larger, smaller] = KEYS[side]
        if (key === larger) resize(value + STEP_PX)
        if (key === smaller) resize(value - STEP_PX)
      }}
    />
  )
}
