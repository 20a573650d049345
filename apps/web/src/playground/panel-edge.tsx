import { type PointerEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_WIDTH, MIN_WIDTH, setPlaygroundSettings, usePlaygroundSettings } from './settings.ts'

const STEP_PX = 24

/** The edge of the panel: dragged, or moved by arrow keys, it makes the panel wider or narrower. */
export function PanelEdge(): ReactNode {
  const { t } = useTranslation('playground')
  const width = usePlaygroundSettings((settings) => settings.width)
  const grabbed = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined)
  const resize = (wanted: number): void =>
    setPlaygroundSettings({ width: Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, wanted))) })
  const onPointerMove = ({ clientX }: PointerEvent): void => {
    if (grabbed.current) resize(grabbed.current.width + grabbed.current.x - clientX)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no hr
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t('width')}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      tabIndex={0}
      className="-left-1 absolute inset-y-0 z-10 w-2 cursor-col-resize hover:bg-accent/30 focus-visible:bg-accent/30"
      onPointerDown={(event) => {
        grabbed.current = { x: event.clientX, width }
        event.currentTarget.setPointerCapture(event.pointerId)
        event.preventDefault()
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        grabbed.current = undefined
      }}
      onKeyDown={({ key }) => {
        if (key === 'ArrowLeft') resize(width + STEP_PX)
        if (key === 'ArrowRight') resize(width - STEP_PX)
      }}
    />
  )
}
