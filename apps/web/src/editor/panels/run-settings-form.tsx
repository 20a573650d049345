import { useQuery } from '@tanstack/react-query'
import { Paperclip, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { publicationQuery } from '../../api/publications.ts'
import { uploadToFlow } from '../../playground/model/upload.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { chooseFiles } from '../../ui/file-drop.tsx'
import { Field, TextArea, TextInput } from '../../ui/input.tsx'
import { notifyError } from '../../ui/notifications.tsx'
import { PairList } from '../../ui/pair-list.tsx'
import { Select } from '../../ui/select.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useWorkspace, useWorkspaceUi } from '../editor-context.tsx'
import { remember, useRemembered } from '../remembered.ts'
import { DELIVERIES } from '../run/delivery.ts'
import { isChanged, plainSettings, type RunSettings } from '../run/run-settings.ts'

const DRAFT = 'draft'
const AS_SERVED = 'server'

/** What runs of the canvas are given, and which flow runs: for as long as the page is open. */
export function RunSettingsForm(): ReactNode {
  const { t } = useTranslation('workspace')
  const { ui, flowId } = useWorkspace()
  const settings = useWorkspaceUi(({ runSettings }) => runSettings)
  const { data: publication } = useQuery(publicationQuery(flowId))
  const delivery = useRemembered((state) => state.delivery)
  const { text, sessionId, files, variables, version, keepsSteps } = settings
  const change = (next: Partial<RunSettings>): void =>
    ui.setState(({ runSettings }) => ({ runSettings: { ...runSettings, ...next } }))
  async function add(file: File): Promise<void> {
    try {
      const path = await uploadToFlow(flowId, file, () => undefined, new AbortController().signal)
      change({ files: [...ui.getState().runSettings.files, { name: file.name, path }] })
    } catch (error) {
      notifyError(t('runSettings.uploadFailed', { name: file.name }), error)
    }
  }
  return (
    <div className="flex flex-col gap-4" data-testid="run-settings-form">
      {publication ? (
        <Field label={t('runSettings.environment')}>
          <Select
            label={t('runSettings.environment')}
            testId="run-version"
            value={version === undefined ? DRAFT : String(version)}
            options={[
              { value: DRAFT, label: t('runSettings.draft') },
              ...publication.versions.map((one) => ({
                value: String(one.version),
                label: t('runSettings.version', { number: one.version }),
              })),
            ]}
            onChange={(chosen) => change({ version: chosen === DRAFT ? undefined : Number(chosen) })}
          />
        </Field>
      ) : null}
      <Field label={t('runSettings.input')} hint={t('runSettings.inputHint')}>
        <TextArea
          rows={3}
          value={text}
          onChange={(event) => change({ text: event.target.value })}
          data-testid="run-input"
        />
      </Field>
      <Field label={t('runSettings.session')} hint={t('runSettings.sessionHint')}>
        <TextInput
          value={sessionId}
          onChange={(event) => change({ sessionId: event.target.value })}
          spellCheck={false}
          data-testid="run-session"
        />
      </Field>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 font-medium text-sm">{t('runSettings.files')}</legend>
        {files.map(({ name, path }) => (
          <div key={path} className="flex items-center gap-1 text-sm">
            <span className="min-w-0 flex-1 truncate">{name}</span>
            <IconButton
              label={t('runSettings.removeFile', { name })}
              size="sm"
              onClick={() => change({ files: files.filter((one) => one.path !== path) })}
            >
              <X size={13} />
            </IconButton>
          </div>
        ))}
        <Button
          size="sm"
          className="self-start"
          onClick={() => chooseFiles('', (chosen) => void Promise.all(chosen.map(add)))}
        >
          <Paperclip size={12} />
          {t('runSettings.addFiles')}
        </Button>
      </fieldset>
      <PairList
        label={t('runSettings.variables')}
        pairs={variables}
        onChange={(pairs) => change({ variables: pairs })}
      />
      <Field label={t('runSettings.delivery')} hint={t('runSettings.deliveryHint')}>
        <Select
          label={t('runSettings.delivery')}
          testId="run-delivery"
          value={delivery ?? AS_SERVED}
          options={[AS_SERVED, ...DELIVERIES].map((one) => ({ value: one, label: t(`runSettings.deliveries.${one}`) }))}
          onChange={(chosen) => remember({ delivery: DELIVERIES.find((one) => one === chosen) })}
        />
      </Field>
      <div className="flex items-center justify-between gap-3 text-sm">
        {t('runSettings.trace')}
        <Switch
          label={t('runSettings.trace')}
          testId="run-trace"
          checked={keepsSteps}
          onChange={(isOn) => change({ keepsSteps: isOn })}
        />
      </div>
      <Button
        size="sm"
        className="self-end"
        disabled={!isChanged(settings)}
        onClick={() => ui.setState({ runSettings: plainSettings })}
      >
        {t('runSettings.reset')}
      </Button>
    </div>
  )
}
