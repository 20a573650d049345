import { useQuery } from '@tanstack/react-query'
import { Radio } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { buildsQuery } from '../../api/monitor.ts'
import { configQuery } from '../../api/server-info.ts'
import { Time } from '../../ui/time.tsx'
import { useWorkspace } from '../editor-context.tsx'

/** Listens for calls of a webhook while its node is on the screen, and shows the last one. */
export function WebhookLive({ nodeId }: { readonly nodeId: string }): ReactNode {
  const { t } = useTranslation('workspace')
  const { flowId } = useWorkspace()
  const { data: config } = useQuery(configQuery)
  const interval = config?.webhook_polling_interval ?? 0
  const { data: builds } = useQuery({
    ...buildsQuery(flowId),
    enabled: interval > 0,
    refetchInterval: interval,
    staleTime: interval,
  })
  if (interval <= 0) return null
  const last = builds?.find(({ id }) => id === nodeId)
  return (
    <div
      className="flex flex-col gap-1 border-border border-t px-3 py-1.5 text-text-muted text-xs"
      data-testid="webhook-live"
    >
      <span className="flex items-center gap-1.5">
        <Radio size={13} className="text-success" />
        {last ? t('webhook.last') : t('webhook.waiting')}
        {last ? <Time at={last.timestamp} /> : null}
      </span>
      {last ? <code className="wrap-anywhere line-clamp-3 font-mono">{payloadText(last.data.outputs)}</code> : null}
    </div>
  )
}

/** What came in, as text: the first output of the node. */
function payloadText(outputs: Readonly<Record<string, unknown>>): string {
  const [first] = Object.values(outputs)
  const message: unknown = typeof first === 'object' && first !== null && 'message' in first ? first.message : first
  return (typeof message === 'string' ? message : JSON.stringify(message)).slice(0, 400)
}
