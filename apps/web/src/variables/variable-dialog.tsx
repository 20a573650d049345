import { createVariable, updateVariable, type VariableRead } from '@runnel/protocol/variables'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { catalogueQuery } from '../api/catalogue.ts'
import { client } from '../api/client.ts'
import { variablesChanged } from '../api/variables.ts'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Field, TextArea, TextInput } from '../ui/input.tsx'
import { MultiSelect } from '../ui/multi-select.tsx'
import { ChoiceTabs } from '../ui/tabs.tsx'
import { variableFields } from './variable-fields.ts'

type VariableType = VariableRead['type']

export interface VariableDialogProps {
  /** The one to change; without, a new one is made. */
  readonly variable?: VariableRead | undefined
  /** What a new one begins with. */
  readonly initial?: Partial<Pick<VariableRead, 'name' | 'type' | 'value'>> | undefined
  readonly onClose: () => void
  /** Told its name. */
  readonly onSaved?: (name: string) => void
}

/** A global variable: kind, name, value, and the fields it is the default of. A credential is never shown again. */
export function VariableDialog({ variable, initial = variable, onClose, onSaved }: VariableDialogProps): ReactNode {
  const { t } = useTranslation('variables')
  const { data: catalogue = {} } = useQuery(catalogueQuery)
  const fields = useMemo(() => variableFields(catalogue), [catalogue])
  const [type, setType] = useState<VariableType>(initial?.type ?? 'Credential')
  const [name, setName] = useState(initial?.name ?? '')
  const [value, setValue] = useState(initial?.value ?? '')
  const [applyTo, setApplyTo] = useState<readonly string[]>(variable?.default_fields ?? [])
  const isKept = variable?.type === 'Credential' && type === 'Credential'

  async function save(): Promise<void> {
    const given = { name: name.trim(), type, default_fields: [...applyTo] }
    if (!variable) await client.call(createVariable, { body: { ...given, value } })
    else {
      const params = { variable_id: variable.id }
      await client.call(updateVariable, { params, body: { ...given, ...(value && { value }) } })
    }
    await variablesChanged()
    onSaved?.(given.name)
  }

  return (
    <FormDialog
      title={variable ? t('dialog.edit') : t('dialog.add')}
      description={t('dialog.text')}
      submit={t('dialog.save')}
      submitTestId="save-variable-btn"
      disabled={!name.trim() || (!value && !isKept)}
      onSubmit={save}
      onClose={onClose}
    >
      <ChoiceTabs
        label={t('type')}
        value={type}
        tabs={[
          { value: 'Credential', label: t('types.Credential'), testId: 'credential-tab' },
          { value: 'Generic', label: t('types.Generic'), testId: 'generic-tab' },
        ]}
        onChange={setType}
      />
      <Field label={t('name')} required>
        <TextInput
          value={name}
          onChange={(event) => setName(event.target.value)}
          placeholder="OPENAI_API_KEY"
          spellCheck={false}
          autoFocus
        />
      </Field>
      <Field label={t('value')} required={!isKept} hint={isKept ? t('keptHint') : undefined}>
        {type === 'Credential' ? (
          <TextInput
            type="password"
            autoComplete="new-password"
            value={value}
            placeholder={isKept ? '••••••••••••' : t('valuePlaceholder')}
            onChange={(event) => setValue(event.target.value)}
          />
        ) : (
          <TextArea
            rows={3}
            value={value}
            placeholder={t('valuePlaceholder')}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-col gap-1">
        <span className="font-medium text-sm">{t('applyTo')}</span>
        <MultiSelect
          label={t('applyTo')}
          placeholder={t('applyToPlaceholder')}
          options={fields}
          value={applyTo}
          onChange={setApplyTo}
        />
        <span className="text-text-muted text-xs">{t('applyToHint')}</span>
      </div>
    </FormDialog>
  )
}
