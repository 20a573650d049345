import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notifications.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { useTellLostEdges } from '../fields/use-tell-lost-edges.ts'

/** Updates nodes and says how many, and what that has cost. */
export function useUpdate(): (ids: readonly string[]) => void {
  const { t } = useTranslation('workspace')
  const { editor, updates } = useWorkspace()
  const tellLostEdges = useTellLostEdges()
  return useCallback(
    (ids) => {
      const before = updates.apply(ids)
      tellLostEdges(before, editor.getDocument())
      notify('success', t('updates.done', { count: ids.length }))
    },
    [editor, updates, t, tellLostEdges],
  )
}
