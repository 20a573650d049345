import { createFlowVersion } from '@runnel/protocol/flow-versions'
import { createFlow, type FlowRead } from '@runnel/protocol/flows'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { componentText } from '../../i18n/component-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { Segments } from '../../ui/segments.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { type FlowDocument, nodeOf } from '../model/flow-document.ts'
import type { Conflict, Side } from '../saving/flow-sync.ts'
import { nodeDifferences } from './node-differences.ts'

export interface ConflictDialogProps {
  readonly conflict: Conflict
  readonly flow: FlowRead
  readonly onLater: () => void
}

/** Shows both sides of each node two have changed, and takes the chosen one; or makes two flows of it. */
export function ConflictDialog({ conflict, flow, onLater }: ConflictDialogProps): ReactNode {
  const { t } = useTranslation('editor')
  const { editor } = useWorkspace()
  const [chosen, setChosen] = useState<ReadonlyMap<string, Side>>(new Map())
  const [isBusy, setBusy] = useState(false)
  const sideOf = (id: string): Side => chosen.get(id) ?? 'mine'
  const chooseAll = (side: Side): void => setChosen(new Map(conflict.nodeIds.map((id) => [id, side])))

  async function attempt(failure: string, perform: () => Promise<void>): Promise<void> {
    setBusy(true)
    try {
      await perform()
    } catch (error) {
      notifyError(failure, error)
      setBusy(false)
    }
  }

  /** Keeps mine as a flow of its own, and takes theirs here. */
  const duplicate = () =>
    attempt(t('conflict.notDuplicated'), async () => {
      const name = t('conflict.copyName', { name: flow.name })
      const data = graphOf(editor.getDocument())
      const made = await client.call(createFlow, { body: { name, folder_id: flow.folder_id, data } })
      conflict.resolve(() => 'theirs')
      notify('success', t('conflict.duplicated', { name: made.name }))
    })

  /** Keeps each side that loses something as a version with its reason, then takes what was chosen. */
  const apply = () =>
    attempt(t('conflict.notKept'), async () => {
      const sides = new Set(conflict.nodeIds.map(sideOf))
      const keep = (description: string, document: FlowDocument) =>
        client.call(createFlowVersion, {
          params: { flow_id: flow.id },
          body: { description, data: graphOf(document) },
        })
      if (sides.has('mine')) await keep(t('conflict.keptTheirs'), conflict.theirs.document)
      if (sides.has('theirs')) await keep(t('conflict.keptMine'), editor.getDocument())
      conflict.resolve(sideOf)
    })

  return (
    <Dialog
      open
      onOpenChange={onLater}
      title={t('conflict.title')}
      description={t('conflict.text')}
      width="lg"
      testId="conflict-dialog"
      footer={
        <>
          <Button className="mr-auto" disabled={isBusy} onClick={() => void duplicate()}>
            {t('conflict.duplicate')}
          </Button>
          <Button disabled={isBusy} onClick={() => chooseAll('theirs')}>
            {t('conflict.allTheirs')}
          </Button>
          <Button disabled={isBusy} onClick={() => chooseAll('mine')}>
            {t('conflict.allMine')}
          </Button>
          <Button look="primary" disabled={isBusy} onClick={() => void apply()} data-testid="conflict-apply">
            {t('conflict.apply')}
          </Button>
        </>
      }
    >
      <ul className="flex flex-col gap-4">
        {conflict.nodeIds.map((id) => (
          <NodeConflict
            key={id}
            id={id}
            conflict={conflict}
            side={sideOf(id)}
            onChoose={(side) => setChosen(new Map(chosen).set(id, side))}
          />
        ))}
      </ul>
    </Dialog>
  )
}

interface NodeConflictProps {
  readonly id: string
  readonly conflict: Conflict
  readonly side: Side
  readonly onChoose: (side: Side) => void
}

function NodeConflict({ id, conflict, side, onChoose }: NodeConflictProps): ReactNode {
  const { t } = useTranslation('editor')
  const { editor } = useWorkspace()
  const [mine, theirs] = [nodeOf(editor.getDocument(), id), nodeOf(conflict.theirs.document, id)]
  const name = componentText(mine?.data.node.display_name || id)
  const shade = (one: Side): string => (one === side ? 'bg-accent-soft' : 'text-text-muted line-through')
  return (
    <li className="rounded-md border border-border" data-testid={`conflict-${id}`}>
      <div className="flex items-center justify-between gap-3 border-border border-b px-3 py-2">
        <h3 className="truncate font-medium text-sm">{name}</h3>
        <Segments
          label={name}
          value={side}
          onChange={onChoose}
          options={[
            { value: 'mine', label: t('conflict.mine') },
            { value: 'theirs', label: t('conflict.theirs') },
          ]}
        />
      </div>
      <table className="w-full table-fixed text-sm">
        <thead>
          <tr className="text-left text-text-muted text-xs">
            <th className="w-1/5 px-3 py-1 font-normal">{t('conflict.field')}</th>
            <th className="px-3 py-1 font-normal">{t('conflict.mySide')}</th>
            <th className="px-3 py-1 font-normal">{t('conflict.theirSide')}</th>
          </tr>
        </thead>
        <tbody>
          {mine && theirs
            ? nodeDifferences(mine, theirs).map((row) => (
                <tr key={row.label} className="border-border border-t align-top">
                  <th className="wrap-anywhere px-3 py-1.5 text-left font-normal">{row.label}</th>
                  <td className="px-3 py-1.5">
                    <Value className={shade('mine')} text={row.mine} />
                  </td>
                  <td className="px-3 py-1.5">
                    <Value className={shade('theirs')} text={row.theirs} />
                  </td>
                </tr>
              ))
            : null}
        </tbody>
      </table>
    </li>
  )
}

const Value = ({ text, className }: { readonly text: string; readonly className: string }): ReactNode => (
  <div className={`wrap-anywhere max-h-40 overflow-y-auto whitespace-pre-wrap rounded-sm px-1 ${className}`}>
    {text}
  </div>
)

const graphOf = ({ nodes, edges, ...rest }: FlowDocument) => ({ ...rest, nodes: [...nodes], edges: [...edges] })
