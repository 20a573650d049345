import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notifications.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { nodeTitle } from '../model/groups.ts'
import { lostEdgesOf } from '../model/lost-edges.ts'

/** Says once, when a flow is opened, which of its edges cannot be drawn. */
export function LostEdgesNotice(): null {
  const { t } = useTranslation('workspace')
  const { editor } = useWorkspace()
  useEffect(() => {
    const document = editor.getDocument()
    const lost = lostEdgesOf(document)
    if (lost.length === 0) return
    const details = lost.map(({ source, target }) => `${nodeTitle(document, source)} → ${nodeTitle(document, target)}`)
    notify('notice', t('lostEdges', { count: lost.length }), { details: [...new Set(details)] })
  }, [editor, t])
  return null
}
