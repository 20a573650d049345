import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { queryClient } from '../../api/client.ts'
import { flowHeadersQuery } from '../../api/flows.ts'
import { confirm } from '../../ui/confirm.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import type { FlowNode } from '../model/flow-document.ts'
import { saveComponent, savedComponents } from '../sidebar/saved-components.ts'

/** Keeps a node for other flows; asks before it takes the place of one of the same name. */
export function useNodeSaving(): (node: FlowNode) => Promise<void> {
  const { t } = useTranslation('workspace')
  return useCallback(
    async (node) => {
      const name = node.data.node.display_name
      try {
        const flows = await queryClient.fetchQuery({ ...flowHeadersQuery(), staleTime: 0 })
        const same = savedComponents(flows).find((one) => one.name === name)
        const question = { title: t('saved.replaceTitle', { name }), text: t('saved.replaceText') }
        if (same && !(await confirm({ ...question, confirm: t('saved.replace') }))) return
        await saveComponent(node, same)
        notify('success', t('saved.done', { name }))
      } catch (error) {
        notifyError(t('saved.notDone', { name }), error)
      }
    },
    [t],
  )
}
