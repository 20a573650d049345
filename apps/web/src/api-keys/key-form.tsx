import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Field, Labelled, TextArea, TextInput } from '../ui/input.tsx'
import { Segments } from '../ui/segments.tsx'
import { Select } from '../ui/select.tsx'
import { draftProblem, type KeyDraft, LIFETIMES } from './key-draft.ts'
import { KeyScope } from './key-scope.tsx'

export interface KeyFormProps {
  readonly draft: KeyDraft
  readonly onChange: (change: Partial<KeyDraft>) => void
  /** The name of a key that is given none. */
  readonly unnamed: string
}

/** What a key is called, what it may, from where and for how long. */
export function KeyForm({ draft, onChange, unnamed }: KeyFormProps): ReactNode {
  const { t } = useTranslation('api-keys')
  const problem = draftProblem(draft, Date.now())
  return (
    <>
      <Field label={t('name')}>
        <TextInput
          value={draft.name}
          onChange={(event) => onChange({ name: event.target.value })}
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
          onChange={(chosen) => onChange({ access: chosen })}
        />
      </Labelled>
      <KeyScope draft={draft} onChange={onChange} />
      <Labelled label={t('expiry')} error={problem === 'day' && draft.lastDay !== '' ? t('problem.day') : undefined}>
        <div className="flex gap-2">
          <Select
            label={t('expiry')}
            value={draft.lifetime}
            options={LIFETIMES.map((value) => ({ value, label: t(`lifetime.${value}`) }))}
            onChange={(lifetime) => onChange({ lifetime })}
            className="flex-1"
          />
          {draft.lifetime === 'date' ? (
            <TextInput
              type="date"
              aria-label={t('lastDay')}
              value={draft.lastDay}
              onChange={(event) => onChange({ lastDay: event.target.value })}
              className="flex-1"
            />
          ) : null}
        </div>
      </Labelled>
      <Field label={t('rate')} hint={t('rateHint')} error={problem === 'rate' ? t('problem.rate') : undefined}>
        <TextInput
          inputMode="decimal"
          value={draft.rate}
          onChange={(event) => onChange({ rate: event.target.value })}
          data-testid="key-rate"
        />
      </Field>
      <Field label={t('addresses')} hint={t('addressesHint')}>
        <TextArea
          rows={2}
          value={draft.addresses}
          onChange={(event) => onChange({ addresses: event.target.value })}
          className="font-mono"
          data-testid="key-addresses"
        />
      </Field>
    </>
  )
}
