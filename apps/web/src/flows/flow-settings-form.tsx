import { type FlowRead, updateFlow } from '@runnel/protocol/flows'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../api/client.ts'
import { flowHeadersQuery, flowsChanged } from '../api/flows.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextArea, TextInput } from '../ui/input.tsx'
import { notify } from '../ui/notifications.tsx'
import { Switch } from '../ui/switch.tsx'
import { TagsInput } from '../ui/tags-input.tsx'
import {
  type FlowDetails,
  type FlowSettings,
  isChanged,
  LONGEST_DESCRIPTION,
  LONGEST_NAME,
  problemsOf,
  settingsOf,
} from './flow-settings.ts'
import { SwatchPicker } from './swatch-picker.tsx'

export interface FlowSettingsFormProps {
  readonly flow: FlowDetails
  readonly onClose: () => void
  /** Makes sure that the server has the flow. */
  readonly beforeSave?: () => Promise<unknown>
  readonly onSaved?: (flow: FlowRead) => void
}

/** Name, description, endpoint name, tags and lock of a flow; checked while they are typed. */
export function FlowSettingsForm({ flow, onClose, beforeSave, onSaved }: FlowSettingsFormProps): ReactNode {
  const { t } = useTranslation('flows')
  const [before] = useState(() => settingsOf(flow))
  const [settings, setSettings] = useState(before)
  const [refusal, setRefusal] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const { data: flows = [] } = useQuery(flowHeadersQuery())
  const problems = problemsOf(
    settings,
    flows.filter(({ id }) => id !== flow.id),
  )
  const set = (change: Partial<FlowSettings>): void => {
    setSettings({ ...settings, ...change })
    setRefusal(undefined)
  }
  // A locked flow takes no other change, except together with its unlocking.
  const isFixed = before.locked && settings.locked
  const limit = (text: string, longest: number): string | undefined =>
    text.length >= longest ? t('settings.limit') : undefined

  async function save(): Promise<void> {
    setBusy(true)
    const { name, description, endpointName, tags, locked, icon, color } = settings
    try {
      await beforeSave?.()
      const look = { ...(icon !== before.icon && { icon }), ...(color !== before.color && { icon_bg_color: color }) }
      const body = { name: name.trim(), description, locked, endpoint_name: endpointName, tags: [...tags], ...look }
      const saved = await client.call(updateFlow, { params: { flow_id: flow.id }, body })
      // Only where the flow is open: a page that opens it later asks for it.
      queryClient.setQueryData<FlowRead>(['flow', flow.id], (open) => open && { ...saved, data: open.data })
      await flowsChanged()
      notify('success', t('settings.saved'))
      onSaved?.(saved)
      onClose()
    } catch (failure) {
      setRefusal(failure instanceof Error ? failure.message : String(failure))
      setBusy(false)
    }
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        label={t('settings.name')}
        required
        error={problems.name && isChanged(before, settings) ? t(`settings.problems.name.${problems.name}`) : refusal}
        hint={limit(settings.name, LONGEST_NAME)}
      >
        <TextInput
          value={settings.name}
          disabled={isFixed}
          onChange={(event) => set({ name: event.target.value })}
          data-testid="input-flow-name"
          maxLength={Math.max(LONGEST_NAME, before.name.length)}
          ref={(input) => input?.focus()}
        />
      </Field>
      <Field label={t('settings.description')} hint={limit(settings.description, LONGEST_DESCRIPTION)}>
        <TextArea
          rows={3}
          value={settings.description}
          disabled={isFixed}
          onChange={(event) => set({ description: event.target.value })}
          data-testid="input-flow-description"
          maxLength={Math.max(LONGEST_DESCRIPTION, before.description.length)}
        />
      </Field>
      <Field
        label={t('settings.endpoint')}
        error={problems.endpointName && t(`settings.problems.endpointName.${problems.endpointName}`)}
        hint={t('settings.endpointHint')}
      >
        <TextInput
          value={settings.endpointName}
          disabled={isFixed}
          aria-invalid={problems.endpointName !== undefined}
          onChange={(event) => set({ endpointName: event.target.value })}
          maxLength={64}
          data-testid="input-endpoint-name"
          spellCheck={false}
        />
      </Field>
      <SwatchPicker flow={flow} settings={settings} disabled={isFixed} onChange={set} />
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm">{t('settings.tags')}</span>
        <TagsInput
          label={t('settings.tags')}
          value={settings.tags}
          onChange={(tags) => set({ tags })}
          testId="input-flow-tags"
        />
        <span className="text-text-muted text-xs">{t('settings.tagsHint')}</span>
      </div>
      <div className="flex items-center justify-between gap-4">
        <div>
          <div className="font-medium text-sm">{t('settings.lock')}</div>
          <div className="text-text-muted text-xs">{t('settings.lockHint')}</div>
        </div>
        <Switch
          checked={settings.locked}
          onChange={(locked) => set({ locked })}
          label={t('settings.lock')}
          testId="lock-flow-switch"
        />
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose} data-testid="cancel-flow-settings">
          {t('cancel')}
        </Button>
        <Button
          look="primary"
          type="submit"
          disabled={isBusy || Object.keys(problems).length > 0 || !isChanged(before, settings)}
          data-testid="save-flow-settings"
        >
          {t('save')}
        </Button>
      </div>
    </form>
  )
}
