import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ResizeEdge } from '../../ui/resize-edge.tsx'
import { remember, SIDEBAR_WIDTHS, useRemembered } from '../remembered.ts'

/** Makes the sidebar wider or narrower; remembered. */
export function SidebarEdge(): ReactNode {
  const { t } = useTranslation('workspace')
  const width = useRemembered(({ sidebarWidth }) => sidebarWidth)
  return (
    <ResizeEdge
      label={t('sidebar.width')}
      side="right"
      value={width}
      {...SIDEBAR_WIDTHS}
      onChange={(sidebarWidth) => remember({ sidebarWidth })}
    />
  )
}
