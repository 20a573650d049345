import { ClientError } from '@runnel/client'
import { updateFlow } from '@runnel/protocol/flows'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { flowsChanged } from '../api/flows.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, TextArea, TextInput } from '../ui/input.tsx'
import { notify } from '../ui/notifications.tsx'
import { Switch } from '../ui/switch.tsx'

export interface FlowDetails {
  readonly id: string
  readonly name: string
  readonly description: string | null
  readonly endpoint_name: string | null
  readonly locked: boolean
}

export interface FlowSettingsDialogProps {
  readonly flow: FlowDetails
  readonly onClose: () => void
}

const ENDPOINT_NAME = /^[\w-]*$/

/** Name, description, endpoint name and lock of a flow. */
export function FlowSettingsDialog({ flow, onClose }: FlowSettingsDialogProps): ReactNode {
  const { t } = useTranslation('flows')
  const [name, setName] = useState(flow.name)
  const [description, setDescription] = useState(flow.description ?? '')
  const [endpointName, setEndpointName] = useState(flow.endpoint_name ?? '')
  const [locked, setLocked] = useState(flow.locked)
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const endpointError = ENDPOINT_NAME.test(endpointName) ? undefined : t('settings.endpointRule')

  async function save(): Promise<void> {
    setBusy(true)
    try {
      const body = { name: name.trim(), description, locked, endpoint_name: endpointName }
      await client.call(updateFlow, { params: { flow_id: flow.id }, body })
      await Promise.all([flowsChanged(), queryClient.invalidateQueries({ queryKey: ['flow', flow.id] })])
      notify('success', t('settings.saved'))
      onClose()
    } catch (failure) {
      setError(failure instanceof ClientError ? failure.message : String(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('settings.title')}
      footer={
        <>
          <Button onClick={onClose} data-testid="cancel-flow-settings">
            {t('cancel')}
          </Button>
          <Button
            look="primary"
            type="submit"
            form="flow-settings"
            disabled={isBusy || !name.trim() || endpointError !== undefined}
            data-testid="save-flow-settings"
          >
            {t('save')}
          </Button>
        </>
      }
    >
      <form
        id="flow-settings"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field label={t('settings.name')} required error={error}>
          <TextInput
            value={name}
            onChange={(event) => setName(event.target.value)}
            data-testid="input-flow-name"
            maxLength={200}
            autoFocus
          />
        </Field>
        <Field label={t('settings.description')}>
          <TextArea
            rows={4}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
            data-testid="input-flow-description"
          />
        </Field>
        <Field label={t('settings.endpoint')} error={endpointError} hint={t('settings.endpointHint')}>
          <TextInput
            value={endpointName}
            onChange={(event) => setEndpointName(event.target.value)}
            maxLength={64}
            data-testid="input-endpoint-name"
            spellCheck={false}
          />
        </Field>
        <div className="flex items-center justify-between gap-4">
          <div>
            <div className="font-medium text-sm">{t('settings.lock')}</div>
            <div className="text-text-muted text-xs">{t('settings.lockHint')}</div>
          </div>
          <Switch checked={locked} onChange={setLocked} label={t('settings.lock')} testId="lock-flow-switch" />
        </div>
      </form>
    </Dialog>
  )
}
