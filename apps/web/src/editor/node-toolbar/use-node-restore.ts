import { describeNode } from '@runnel/protocol/editing'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { refreshComponent } from '../commands/refresh-component.ts'
import { useWorkspace } from '../editor-context.tsx'
import { useTellLostEdges } from '../fields/use-tell-lost-edges.ts'
import { type ComponentNode, nodeOf } from '../model/flow-document.ts'

/** Brings a node to the state of its component today, with the values the user has given it. */
export function useNodeRestore(): (nodeId: string) => Promise<void> {
  const { t } = useTranslation('fields')
  const { editor, catalogue } = useWorkspace()
  const tellLostEdges = useTellLostEdges()
  return useCallback(
    async (nodeId) => {
      const node = nodeOf(editor.getDocument(), nodeId)
      const stock = node && catalogue.find(node.data.type)?.component
      if (!node || !stock) return
      const sent = node.data.node
      const code = stock.template.code?.value
      try {
        const { data } = await client.call(describeNode, {
          body: {
            code: typeof code === 'string' ? code : '',
            frontend_node: { ...sent, type: node.data.type, tool_mode: sent.tool_mode === true },
          },
        })
        const before = editor.getDocument()
        // The server describes nodes in the same words as its catalogue.
        editor.apply(refreshComponent, {
          nodeId,
          sent,
          answer: { ...(data as unknown as ComponentNode), edited: false },
        })
        tellLostEdges(before, editor.getDocument())
        notify('success', t('menu.restored', { name: sent.display_name }))
      } catch (error) {
        notifyError(t('menu.notRestored', { name: sent.display_name }), error)
      }
    },
    [editor, catalogue, t, tellLostEdges],
  )
}
