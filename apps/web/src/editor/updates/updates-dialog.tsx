import { createFlow, type FlowRead } from '@runnel/protocol/flows'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { client } from '../../api/client.ts'
import { flowsChanged } from '../../api/flows.ts'
import { componentText } from '../../i18n/component-text.ts'
import { listed } from '../../i18n/listed.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { Badge } from '../../ui/status.tsx'
import { Cell, Head, HeadRow, Row, Table } from '../../ui/table.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { useFromFlow } from '../from-flow.ts'
import type { FlowDocument } from '../model/flow-document.ts'
import { type ComponentUpdate, isBreaking } from './component-updates.ts'
import { useUpdate } from './use-update.ts'

/** What each update would change; breaking ones are chosen by hand, and the flow is copied first. */
export function UpdatesDialog({ flow }: { readonly flow: FlowRead }): ReactNode {
  const { t } = useTranslation('workspace')
  const { updates, ui, editor } = useWorkspace()
  const update = useUpdate()
  const offered = useStore(updates.store)
  const breaking = useFromFlow((document) => [...offered.values()].map((one) => isBreaking(document, one)))
  const found = [...offered.values()].map((one, index) => ({ one, breaks: breaking[index] === true }))
  const [choices, setChoices] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [isBackedUp, setBackedUp] = useState(true)
  const [isBusy, setBusy] = useState(false)
  const isChosen = (id: string, breaks: boolean): boolean => choices.get(id) ?? !breaks
  const chosen = found.filter(({ one, breaks }) => isChosen(one.nodeId, breaks)).map(({ one }) => one.nodeId)
  const close = (): void => ui.setState({ dialog: undefined })

  async function perform(): Promise<void> {
    setBusy(true)
    try {
      if (isBackedUp) await backUp(flow, t('updates.backupName', { name: flow.name }), editor.getDocument())
      update(chosen)
      close()
    } catch (error) {
      notifyError(t('updates.noBackup'), error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open
      onOpenChange={close}
      width="lg"
      title={t('updates.title')}
      description={t('updates.text')}
      testId="updates-dialog"
      footer={
        <>
          <Button onClick={close}>{t('updates.cancel')}</Button>
          <Button
            look="primary"
            disabled={chosen.length === 0 || isBusy}
            onClick={() => void perform()}
            data-testid="update-chosen"
          >
            {t('updates.update', { count: chosen.length })}
          </Button>
        </>
      }
    >
      <Table label={t('updates.title')}>
        <HeadRow>
          <Head label={t('updates.choose')} />
          <Head>{t('updates.component')}</Head>
          <Head>{t('updates.kind')}</Head>
          <Head>{t('updates.changes')}</Head>
        </HeadRow>
        <tbody>
          {found.map(({ one, breaks }) => (
            <Row key={one.nodeId} data-testid={`update-row-${one.nodeId}`}>
              <Cell>
                <Checkbox
                  checked={isChosen(one.nodeId, breaks)}
                  label={t('updates.chooseOne', { name: componentText(one.sent.display_name) })}
                  onChange={(isOn) => setChoices(new Map(choices).set(one.nodeId, isOn))}
                />
              </Cell>
              <Cell>{componentText(one.sent.display_name)}</Cell>
              <Cell>
                <Badge tone={breaks ? 'warning' : 'neutral'}>
                  {t(breaks ? 'updates.breaking' : 'updates.standard')}
                </Badge>
              </Cell>
              <Cell className="text-text-muted text-xs">
                <ChangeList update={one} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
      <div className="mt-4 flex items-center gap-2 text-sm">
        <Checkbox
          checked={isBackedUp}
          label={t('updates.backup')}
          onChange={setBackedUp}
          testId="backup-flow-checkbox"
        />
        <span aria-hidden="true">{t('updates.backup')}</span>
      </div>
    </Dialog>
  )
}

/** Each kind of change with what it concerns: `New fields: Limit, Stream`. */
function ChangeList({ update }: { readonly update: ComponentUpdate }): ReactNode {
  const { t } = useTranslation('workspace')
  const byKind = Map.groupBy(update.changes, ({ part, what }) => `${part}.${what}`)
  return (
    <ul>
      {[...byKind].map(([kind, changes]) => (
        <li key={kind}>{t(`updates.${kind}`, { names: listed(changes.map(({ label }) => componentText(label))) })}</li>
      ))}
    </ul>
  )
}

/** A copy of the flow as it stands in the editor. */
async function backUp({ folder_id }: FlowRead, name: string, document: FlowDocument): Promise<void> {
  const { nodes, edges, ...rest } = document
  await client.call(createFlow, { body: { name, folder_id, data: { ...rest, nodes: [...nodes], edges: [...edges] } } })
  await flowsChanged()
}
