import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { MenuItem } from '../../ui/menu.tsx'
import type { ActionId } from '../actions/shortcuts.ts'
import { useActions } from '../actions/use-actions.tsx'

/** A line of a menu for an action of the workspace. */
export function useActionItem(): (id: ActionId) => Exclude<MenuItem, 'separator'> {
  const { t } = useTranslation('editor')
  const actions = useActions()
  return useCallback(
    (id) => ({
      label: t(`actions.${id}`),
      keys: actions.keysOf(id),
      disabled: !actions.isEnabled(id),
      onSelect: () => void actions.perform(id),
      testId: `menu-${id}`,
    }),
    [t, actions],
  )
}

/** The menu of several nodes. Made when it opens. */
export function useSelectionMenu(): () => readonly MenuItem[] {
  const item = useActionItem()
  return () => [
    item('group'),
    item('frame'),
    item('tidy'),
    item('minimise'),
    item('freeze'),
    item('disable'),
    item('pin-position'),
    'separator',
    item('duplicate'),
    item('copy'),
    item('cut'),
    'separator',
    item('zoom-selection'),
    'separator',
    { ...item('delete'), danger: true },
  ]
}
