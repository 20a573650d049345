import { createFlowVersion } from '@runnel/protocol/flow-versions'
import { createFlow, type FlowRead } from '@runnel/protocol/flows'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { client } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { nodeOf } from '../model/flow-document.ts'
import type { FlowSync } from '../saving/flow-sync.ts'

/** Two changed the same thing: which of them holds (W-132). */
export function ConflictDialog({ sync, flow }: { readonly sync: FlowSync; readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('editor')
  const { editor } = useWorkspace()
  const conflict = useStore(sync.store, (state) => state.conflict)
  const [isLater, setLater] = useState(false)
  if (!conflict || isLater) return null

  /** Keeps mine as a flow of its own, and takes theirs here. */
  async function duplicate(): Promise<void> {
    const { nodes, edges, ...rest } = editor.getDocument()
    try {
      const name = t('conflict.copyName', { name: flow.name })
      const body = { name, folder_id: flow.folder_id, data: { ...rest, nodes: [...nodes], edges: [...edges] } }
      await client.call(createFlow, { body })
      conflict?.resolve('theirs')
      notify('success', t('conflict.duplicated', { name }))
    } catch (error) {
      notifyError(t('conflict.notDuplicated'), error)
    }
  }

  /** Keeps the side that loses as a version with its reason, then takes the other (W-137). */
  async function choose(keep: 'mine' | 'theirs'): Promise<void> {
    if (!conflict) return
    const { nodes, edges, ...rest } = keep === 'mine' ? conflict.theirs.document : editor.getDocument()
    const description = t(keep === 'mine' ? 'conflict.keptTheirs' : 'conflict.keptMine')
    try {
      const data = { ...rest, nodes: [...nodes], edges: [...edges] }
      await client.call(createFlowVersion, { params: { flow_id: flow.id }, body: { description, data } })
      conflict.resolve(keep)
    } catch (error) {
      notifyError(t('conflict.notKept'), error)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={() => setLater(true)}
      title={t('conflict.title')}
      description={t('conflict.text')}
      footer={
        <>
          <Button onClick={() => void duplicate()}>{t('conflict.duplicate')}</Button>
          <Button onClick={() => void choose('theirs')}>{t('conflict.theirs')}</Button>
          <Button look="primary" onClick={() => void choose('mine')}>
            {t('conflict.mine')}
          </Button>
        </>
      }
    >
      <ul className="list-disc pl-5 text-sm">
        {conflict.nodeIds.map((id) => (
          <li key={id}>{nodeOf(editor.getDocument(), id)?.data.node.display_name ?? id}</li>
        ))}
      </ul>
    </Dialog>
  )
}
