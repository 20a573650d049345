import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../ui/notifications.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { nodeOf } from '../model/flow-document.ts'
import { lostEdgesOf } from '../model/lost-edges.ts'

/** Says once, when a flow is opened, which of its edges cannot be drawn. */
export function LostEdgesNotice(): null {
  const { t } = useTranslation('workspace')
  const { editor } = useWorkspace()
  useEffect(() => {
    const document = editor.getDocument()
    const lost = lostEdgesOf(document)
    if (lost.length === 0) return
    const nameOf = (id: string): string => nodeOf(document, id)?.data.node.display_name || id
    const details = lost.map(({ source, target }) => `${nameOf(source)} → ${nameOf(target)}`)
    notify('notice', t('lostEdges', { count: lost.length }), { details: [...new Set(details)] })
  }, [editor, t])
  return null
}
