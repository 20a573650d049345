import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRunState, useWorkspace } from '../editor-context.tsx'
import { useFromFlow } from '../from-flow.ts'
import { groupIds } from '../model/groups.ts'
import { OutputLogs } from '../output-inspector/output-logs.tsx'
import { NodeTitle } from './node-title.tsx'

/** What every node wrote down in its last run, and what the server told beside what the editor knows. */
export function NodeLogs(): ReactNode {
  const { t } = useTranslation('workspace')
  const groups = useFromFlow(groupIds)
  const nodes = useRunState((state) => state.nodes)
  const others = useRunState((state) => state.others)
  const written = [...nodes].flatMap(([nodeId, { logs }]) => {
    if (groups.includes(nodeId)) return []
    const entries = Object.entries(logs).filter(([, list]) => !Array.isArray(list) || list.length > 0)
    return entries.length > 0 ? [{ nodeId, entries }] : []
  })
  return (
    <>
      <RecordLinks />
      {written.length + others.length === 0 ? <p className="p-3 text-sm text-text-muted">{t('dock.noLogs')}</p> : null}
      <ul className="flex flex-col gap-3 p-3 empty:hidden">
        {written.map(({ nodeId, entries }) => (
          <li key={nodeId}>
            <h3 className="mb-1 font-medium text-sm">
              <NodeTitle nodeId={nodeId} />
            </h3>
            <OutputLogs logs={entries} />
          </li>
        ))}
        {others.length > 0 ? (
          <li data-testid="other-events">
            <h3 className="mb-1 font-medium text-sm">{t('dock.otherEvents')}</h3>
            <OutputLogs logs={[['', others.map(({ event, data }) => ({ name: event, message: data }))]]} />
          </li>
        ) : null}
      </ul>
    </>
  )
}

/** The ways to what earlier runs of the flow left behind. */
function RecordLinks(): ReactNode {
  const { t } = useTranslation('workspace')
  const { flowId } = useWorkspace()
  const search = { flow: flowId } as never
  const look = 'min-h-6 text-accent underline'
  return (
    <p className="flex flex-wrap gap-4 px-3 pt-2 text-sm">
      <Link to="/monitor/transactions" search={search} className={look} data-testid="flow-transactions">
        {t('dock.transactions')}
      </Link>
      <Link to="/monitor/builds" search={search} className={look}>
        {t('dock.builds')}
      </Link>
    </p>
  )
}
