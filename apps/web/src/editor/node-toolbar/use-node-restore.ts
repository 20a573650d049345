import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { updateComponents } from '../commands/update-components.ts'
import { useWorkspace } from '../editor-context.tsx'
import { useTellLostEdges } from '../fields/use-tell-lost-edges.ts'
import { nodeOf } from '../model/flow-document.ts'
import { describeToday } from '../updates/describe-today.ts'

/** Brings a node to the state of its component today, with the values the user has given it. */
export function useNodeRestore(): (nodeId: string) => Promise<void> {
  const { t } = useTranslation('fields')
  const { editor, catalogue } = useWorkspace()
  const tellLostEdges = useTellLostEdges()
  return useCallback(
    async (nodeId) => {
      const node = nodeOf(editor.getDocument(), nodeId)
      const entry = node && catalogue.of(node)
      if (!node || !entry) return
      const name = node.data.node.display_name
      try {
        const described = await describeToday(client, node, entry)
        const before = editor.getDocument()
        editor.apply(updateComponents, { nodes: [described] })
        tellLostEdges(before, editor.getDocument())
        notify('success', t('menu.restored', { name }))
      } catch (error) {
        notifyError(t('menu.notRestored', { name }), error)
      }
    },
    [editor, catalogue, t, tellLostEdges],
  )
}
