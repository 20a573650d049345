import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runQuery, webhookRunsQuery } from '../../api/runs.ts'
import { RunStatus } from '../../flows/run-status.tsx'
import { classNames } from '../../ui/class-names.ts'
import { JsonTree } from '../../ui/json-tree.tsx'
import { Skeleton } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'

export interface WebhookLastCallProps {
  readonly flowId: string
  readonly nodeId: string
}

/** The newest call of the webhook, looked for while its node is on the screen, and what it brought. */
export function WebhookLastCall({ flowId, nodeId }: WebhookLastCallProps): ReactNode {
  const { t } = useTranslation('fields')
  const [isOpen, setOpen] = useState(false)
  const { data: calls } = useQuery(webhookRunsQuery(flowId))
  const last = calls?.[0]
  if (!last) return calls ? <p className="mt-1 text-text-muted text-xs">{t('webhook.waiting')}</p> : null
  return (
    <div className="nodrag mt-1 flex flex-col gap-1 text-xs" data-testid="webhook-last-call">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex min-h-6 items-center gap-2 rounded-sm text-left"
      >
        <ChevronRight size={12} className={classNames('shrink-0', isOpen && 'rotate-90')} />
        <span className="text-text-muted">{t('webhook.last')}</span>
        <Time at={last.started_at} />
        <span className="flex-1" />
        <RunStatus status={last.status} />
      </button>
      {isOpen ? <Payload runId={last.id} nodeId={nodeId} /> : null}
    </div>
  )
}

function Payload({ runId, nodeId }: { readonly runId: string; readonly nodeId: string }): ReactNode {
  const { t } = useTranslation('fields')
  const { data: run } = useQuery(runQuery(runId))
  if (!run) return <Skeleton className="h-10" />
  const step = run.steps.find(({ component_id }) => component_id === nodeId)
  if (!step) return <p className="text-text-muted">{t('webhook.notReached')}</p>
  return (
    <div className="nowheel max-h-40 overflow-auto rounded-md bg-surface-muted p-2">
      <JsonTree value={payloadOf(step.inputs.data)} />
    </div>
  )
}

/** The body as it was sent: JSON where it is some. */
function payloadOf(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    return data
  }
}
