import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ResizeEdge } from '../ui/resize-edge.tsx'
import { MAX_WIDTH, MIN_WIDTH, setPlaygroundSettings, usePlaygroundSettings } from './settings.ts'

/** The edge of the panel beside the canvas, by which it is made wider or narrower. */
export function PanelEdge(): ReactNode {
  const { t } = useTranslation('playground')
  const width = usePlaygroundSettings((settings) => settings.width)
  return (
    <ResizeEdge
      label={t('width')}
      side="left"
      value={width}
      min={MIN_WIDTH}
      max={MAX_WIDTH}
      onChange={(wanted) => setPlaygroundSettings({ width: wanted })}
    />
  )
}
