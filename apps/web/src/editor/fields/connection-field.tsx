import { ExternalLink, Plug, Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { type FieldWidgetProps, testIdOf, textOf } from './field-widget.ts'
import { safeAddress } from './safe-address.ts'
import { SortableListField } from './sortable-list-field.tsx'

/** An account elsewhere: chosen from a list, then connected where it lives, in a tab of its own. */
export function ConnectionField(props: FieldWidgetProps): ReactNode {
  const { nodeId, name, field, onChange, isDisabled, surface } = props
  const { t } = useTranslation('fields')
  const { refresh } = useWorkspace()
  const value = textOf(field.value)
  const address = safeAddress(textOf(field.connection_link))
  const isConnected = value === 'validated' || value === 'connected'
  return (
    <div className="nodrag flex flex-col gap-1">
      {field.options && field.options.length > 0 ? (
        <SortableListField {...props} field={{ ...field, limit: 1 }} />
      ) : null}
      <div className="flex items-center gap-2" data-testid={`connection_${testIdOf(surface, name)}`}>
        <span className={isConnected ? 'text-sm text-success' : 'text-sm text-warning'}>
          {isConnected ? t('connection.connected') : t('connection.disconnected')}
        </span>
        <span className="flex-1" />
        {isConnected ? (
          <Button size="sm" disabled={isDisabled} onClick={() => onChange({ value: 'disconnect' })}>
            <Unplug size={13} />
            {t('connection.disconnect')}
          </Button>
        ) : address ? (
          <a
            href={address}
            target="_blank"
            rel="noopener noreferrer"
            className="inline-flex h-7 items-center gap-1.5 rounded-md border border-border px-2 text-xs hover:bg-surface-hover"
            onClick={() => void refresh.refresh(nodeId, name)}
          >
            <ExternalLink size={13} />
            {t('connection.connect')}
          </a>
        ) : (
          <Button size="sm" disabled={isDisabled} onClick={() => void refresh.refresh(nodeId, name)}>
            <Plug size={13} />
            {t('connection.connect')}
          </Button>
        )}
      </div>
    </div>
  )
}
