import {
  createFlow,
  type FlowCreate,
  type FlowHeaderRead,
  type FlowRead,
  readFlow,
  updateFlow,
} from '@runnel/protocol/flows'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { flowsChanged } from '../api/flows.ts'
import { publishedFlowsQuery } from '../api/publications.ts'
import { readDocument } from '../editor/model/flow-document.ts'
import { chatEnds } from '../playground/chat-ends.ts'
import { mayCall } from '../projects/may.ts'
import { confirm } from '../ui/confirm.tsx'
import { dismiss, notify, notifyError } from '../ui/notifications.tsx'
import { exportFlows, importFlows, isFlowFile } from './flow-files.ts'
import { removeFlows } from './removed-flows.ts'

type Named = Pick<FlowHeaderRead, 'id' | 'name'>

/** What can be done with flows in lists; each says how it went. */
export interface FlowActions {
  /** Makes a flow and opens it; one that can be talked to with its chat. */
  readonly create: (flow: FlowCreate) => Promise<void>
  readonly importFiles: (files: readonly File[], projectId: string | undefined) => Promise<void>
  readonly download: (flows: readonly Named[]) => Promise<void>
  readonly duplicate: (flow: Named) => Promise<void>
  readonly move: (ids: readonly string[], project: Named) => Promise<void>
  /** Asks, hides them, and deletes them once the time for Undo is over. @returns whether the user said yes */
  readonly remove: (flows: readonly Named[]) => Promise<boolean>
}

export function useFlowActions(): FlowActions {
  const { t, i18n } = useTranslation('flows')
  const navigate = useNavigate()
  const attempt = async (failure: string, perform: () => Promise<void>): Promise<void> => {
    try {
      await perform()
    } catch (error) {
      notifyError(failure, error)
    } finally {
      await flowsChanged()
    }
  }

  /** With what of them does not run here; without that when nobody can say. */
  async function tellImported(made: readonly FlowRead[]): Promise<void> {
    const { importReport } = await import('./import-report.ts')
    const notes = await importReport(made).catch(() => [])
    const title = t('imported', { count: made.length })
    const list = new Intl.ListFormat(i18n.language)
    const details = notes.map(({ key, flow, count, names }) => t(key, { flow, count, names: list.format(names) }))
    if (details.length === 0) notify('success', title)
    else notify('notice', title, { details })
  }

  return {
    create: (flow) =>
      attempt(t('failed.create'), async () => {
        const { id } = await client.call(createFlow, { body: flow })
        const { hasInput } = chatEnds(readDocument(flow.data))
        await navigate({
          to: '/flow/$flowId',
          params: { flowId: id },
          ...(hasInput && { search: { panel: 'playground' } }),
        })
      }),

    importFiles: (files, projectId) =>
      attempt(t('failed.import'), async () => {
        const refused: string[] = []
        const made: FlowRead[] = []
        for (const file of files) {
          if (!isFlowFile(file)) {
            refused.push(t('notAFlowFile', { name: file.name }))
            continue
          }
          try {
            const found = await importFlows(file, projectId)
            if (found.length === 0) refused.push(t('noFlows', { name: file.name }))
            made.push(...found)
          } catch (error) {
            const reason = error instanceof Error ? error.message : String(error)
            refused.push(t('refusedFile', { name: file.name, reason }))
          }
        }
        if (made.length > 0) await tellImported(made)
        if (refused.length > 0) notify('error', t('failed.import'), { details: refused })
      }),

    download: (flows) => attempt(t('failed.export'), () => exportFlows(flows)),

    duplicate: ({ id }) =>
      attempt(t('failed.duplicate'), async () => {
        const { endpoint_name: _, role, ...flow } = await client.call(readFlow, { params: { flow_id: id } })
        const copy = await client.call(createFlow, {
          body: {
            ...flow,
            // Who may not make flows there has a copy of his own.
            folder_id: mayCall(createFlow, role) ? flow.folder_id : null,
            name: t('copyOf', { name: flow.name }),
            access_type: 'PRIVATE',
            mcp_enabled: false,
            locked: false,
          },
        })
        notify('success', t('duplicated', { name: copy.name }))
      }),

    move: (ids, project) =>
      attempt(t('failed.move'), async () => {
        for (const flow_id of ids) {
          await client.call(updateFlow, { params: { flow_id }, body: { folder_id: project.id } })
        }
        notify('success', t('moved', { count: ids.length, project: project.name }))
      }),

    async remove(flows) {
      const count = flows.length
      const name = flows[0]?.name
      const published = await queryClient.fetchQuery(publishedFlowsQuery).catch(() => undefined)
      const live = flows.filter(({ id }) => published?.has(id)).map((flow) => flow.name)
      const names = new Intl.ListFormat(i18n.language).format(live)
      const verb = t('remove.confirm', { count })
      const yes = await confirm({
        title: count === 1 ? t('remove.one', { name }) : t('remove.title', { count }),
        text: [t('remove.text', { count }), ...(live.length > 0 ? [t('remove.live', { names })] : [])].join(' '),
        confirm: verb,
        danger: true,
        typed: live.length === 0 ? undefined : count === 1 ? name : verb,
      })
      if (!yes) return false
      const undo = removeFlows(
        flows.map(({ id }) => id),
        {
          onGone() {
            dismiss(notice)
            void flowsChanged()
          },
          onFail(error) {
            dismiss(notice)
            notifyError(t('failed.remove'), error)
          },
        },
      )
      const notice = notify('success', t('remove.done', { count }), { action: { label: t('undo'), perform: undo } })
      return true
    },
  }
}
