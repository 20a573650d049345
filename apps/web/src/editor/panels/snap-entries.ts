import { useTranslation } from 'react-i18next'
import type { MenuItem } from '../../ui/menu.tsx'
import { remember, useRemembered } from '../remembered.ts'

/** What nodes that are dragged line up with, as entries of a menu. */
export function useSnapEntries(): readonly MenuItem[] {
  const { t } = useTranslation('editor')
  const { hasGuides, hasGrid } = useRemembered()
  return [
    {
      label: t('controls.guides'),
      checked: hasGuides,
      testId: 'smart_guides',
      onSelect: () => remember({ hasGuides: !hasGuides }),
    },
    {
      label: t('controls.grid'),
      checked: hasGrid,
      testId: 'snap_grid',
      onSelect: () => remember({ hasGrid: !hasGrid }),
    },
  ]
}
