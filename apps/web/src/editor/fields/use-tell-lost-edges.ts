import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notifications.tsx'
import { lostEdges } from '../commands/fit-edges.ts'
import { type FlowDocument, nodeOf } from '../model/flow-document.ts'

/** Says which connections a change has cost. */
export function useTellLostEdges(): (before: FlowDocument, after: FlowDocument) => void {
  const { t } = useTranslation('fields')
  return useCallback(
    (before, after) => {
      const lost = lostEdges(before, after)
      if (lost.length === 0) return
      const nameOf = (id: string): string => nodeOf(before, id)?.data.node.display_name ?? id
      notify('notice', t('edgesLost', { count: lost.length }), {
        details: lost.map(({ source, target }) => `${nameOf(source)} → ${nameOf(target)}`),
      })
    },
    [t],
  )
}
