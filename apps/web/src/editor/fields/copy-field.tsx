import { useQuery } from '@tanstack/react-query'
import { Check, Copy } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../../api/server-info.ts'
import { IconButton } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { lazily } from '../../ui/lazily.ts'
import { notify, notifyError } from '../../ui/notifications.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { addressText } from './address-text.ts'
import { type FieldWidgetProps, labelOf, testIdOf, textOf } from './field-widget.ts'

const WebhookLastCall = lazily(async () => (await import('./webhook-last-call.tsx')).WebhookLastCall)

/** Text to take elsewhere: the address of a webhook, a call of it. */
export function CopyField({ nodeId, name, field, surface }: FieldWidgetProps): ReactNode {
  const { t } = useTranslation('fields')
  const { flowId } = useWorkspace()
  const { data: config } = useQuery(configQuery)
  const [isCopied, setCopied] = useState(false)
  const text = addressText(textOf(field.value), {
    origin: location.origin,
    flowId,
    needsKey: config?.webhook_auth_enable === true,
  })
  const copy = async (): Promise<void> => {
    try {
      await copyText(text)
      setCopied(true)
      notify('success', t('copied', { field: field.display_name || name }))
    } catch (error) {
      notifyError(t('notCopied'), error)
    }
  }
  return (
    <div className="nodrag relative">
      <ScrollBox
        label={labelOf(name, field)}
        className="nowheel max-h-32 overflow-auto whitespace-pre-wrap break-all rounded-md bg-surface-muted p-2 pr-9 font-mono text-xs"
        data-testid={`copy-text-${testIdOf(surface, name)}`}
      >
        {text}
      </ScrollBox>
      <IconButton
        label={t('copy')}
        size="sm"
        className="absolute top-1 right-1"
        onClick={() => void copy()}
        data-testid={`btn_copy_${testIdOf(surface, name)}`}
      >
        {isCopied ? <Check size={13} /> : <Copy size={13} />}
      </IconButton>
      {field.value === 'BACKEND_URL' && surface === 'node' ? (
        <Suspense fallback={null}>
          <WebhookLastCall flowId={flowId} nodeId={nodeId} />
        </Suspense>
      ) : null}
    </div>
  )
}
