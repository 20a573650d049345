import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notifications.tsx'
import { lostEdges } from '../commands/fit-edges.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { nodeTitle } from '../model/groups.ts'

/** Says which connections a change has cost. */
export function useTellLostEdges(): (before: FlowDocument, after: FlowDocument) => void {
  const { t } = useTranslation('fields')
  return useCallback(
    (before, after) => {
      const lost = lostEdges(before, after)
      if (lost.length === 0) return
      notify('notice', t('edgesLost', { count: lost.length }), {
        details: lost.map(({ source, target }) => `${nodeTitle(before, source)} → ${nodeTitle(before, target)}`),
      })
    },
    [t],
  )
}
