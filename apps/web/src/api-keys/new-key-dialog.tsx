import { createApiKey } from '@runnel/protocol/api-keys'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { apiKeysChanged, apiKeysQuery } from '../api/api-keys.ts'
import { client } from '../api/client.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Field, TextArea, TextInput } from '../ui/input.tsx'
import { Segments } from '../ui/segments.tsx'
import { Select } from '../ui/select.tsx'
import { draftProblem, type KeyDraft, keyBody, LIFETIMES, newKeyDraft } from './key-draft.ts'
import { KeyScope } from './key-scope.tsx'
import { MadeKeyDialog } from './made-key-dialog.tsx'

export interface NewKeyDialogProps {
  readonly onClose: () => void
  /** What the key may do unless chosen otherwise; everything, as Langflow's keys. */
  readonly access?: KeyDraft['access']
  /** Told the key itself, once. */
  readonly onCreated?: (key: string) => void
}

/** Makes a key and shows it, for the only time. */
export function NewKeyDialog({ onClose, access = 'manage', onCreated }: NewKeyDialogProps): ReactNode {
  const { t } = useTranslation('api-keys')
  const { data: keys = [] } = useQuery(apiKeysQuery)
  const [draft, setDraft] = useState(() => newKeyDraft(access))
  const [key, setKey] = useState<string>()
  const change = (part: Partial<KeyDraft>): void => setDraft({ ...draft, ...part })
  const unnamed = t('unnamed', { number: keys.length + 1 })
  const problem = draftProblem(draft, Date.now())

  async function create(): Promise<void> {
    const body = { name: draft.name.trim() || unnamed, ...keyBody(draft, Date.now()) }
    const { api_key } = await client.call(createApiKey, { body })
    await apiKeysChanged()
    setKey(api_key)
    onCreated?.(api_key)
  }

  if (key !== undefined) return <MadeKeyDialog secret={key} onClose={onClose} />
  return (
    <FormDialog
      title={t('create')}
      submit={t('create')}
      submitTestId="secret_key_modal_submit_button"
      disabled={problem !== undefined}
      onSubmit={create}
      onClose={onClose}
      // The key is shown in its place.
      onDone={() => undefined}
    >
      <Field label={t('name')}>
        <TextInput
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
          placeholder={unnamed}
          autoFocus
        />
      </Field>
      <Labelled label={t('access.label')} hint={t(`access.${draft.access}Hint`)}>
        <Segments
          label={t('access.label')}
          value={draft.access}
          options={(['run', 'manage'] as const).map((value) => ({
            value,
            label: t(`access.${value}`),
            testId: `key-access-${value}`,
          }))}
          onChange={(chosen) => change({ access: chosen })}
        />
      </Labelled>
      <KeyScope draft={draft} onChange={change} />
      <Labelled label={t('expiry')} error={problem === 'day' && draft.lastDay !== '' ? t('problem.day') : undefined}>
        <div className="flex gap-2">
          <Select
            label={t('expiry')}
            value={draft.lifetime}
            options={LIFETIMES.map((value) => ({ value, label: t(`lifetime.${value}`) }))}
            onChange={(lifetime) => change({ lifetime })}
            className="flex-1"
          />
          {draft.lifetime === 'date' ? (
            <TextInput
              type="date"
              aria-label={t('lastDay')}
              value={draft.lastDay}
              onChange={(event) => change({ lastDay: event.target.value })}
              className="flex-1"
            />
          ) : null}
        </div>
      </Labelled>
      <Field label={t('rate')} hint={t('rateHint')} error={problem === 'rate' ? t('problem.rate') : undefined}>
        <TextInput
          inputMode="decimal"
          value={draft.rate}
          onChange={(event) => change({ rate: event.target.value })}
          data-testid="key-rate"
        />
      </Field>
      <Field label={t('addresses')} hint={t('addressesHint')}>
        <TextArea
          rows={2}
          value={draft.addresses}
          onChange={(event) => change({ addresses: event.target.value })}
          className="font-mono"
          data-testid="key-addresses"
        />
      </Field>
    </FormDialog>
  )
}

interface LabelledProps {
  readonly label: string
  readonly hint?: string
  readonly error?: string | undefined
  /** Names itself: `label` is only for the eye. */
  readonly children: ReactNode
}

const Labelled = ({ label, hint, error, children }: LabelledProps): ReactNode => (
  <div className="flex flex-col gap-1">
    <span className="font-medium text-sm">{label}</span>
    {children}
    {error ? (
      <span role="alert" className="text-danger text-xs">
        {error}
      </span>
    ) : hint ? (
      <span className="text-text-muted text-xs">{hint}</span>
    ) : null}
  </div>
)
