import { type ProviderRead, validateProvider } from '@runnel/protocol/models'
import { createVariable, deleteVariable, updateVariable } from '@runnel/protocol/variables'
import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck, ExternalLink } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { providerChanged } from '../api/models.ts'
import { variablesChanged, variablesQuery } from '../api/variables.ts'
import { listed } from '../i18n/listed.ts'
import { attempt } from '../ui/attempt.ts'
import { Button } from '../ui/button.tsx'
import { confirm } from '../ui/confirm.tsx'
import { Field, TextInput } from '../ui/input.tsx'
import { notify } from '../ui/notifications.tsx'
import { Spinner } from '../ui/status.tsx'
import { wordsOf } from './variable-words.ts'

type Trial = 'idle' | 'running' | 'works' | { readonly error: string }

/** Key and address of a provider: tried, then kept as global variables. */
export function ProviderForm({
  provider,
  onSaved,
}: {
  readonly provider: ProviderRead
  readonly onSaved?: () => void
}): ReactNode {
  const { t } = useTranslation('models')
  const { data: variables = [] } = useQuery(variablesQuery)
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({})
  const [trial, setTrial] = useState<Trial>('idle')
  const stored = (name: string) => variables.find((variable) => variable.name === name)
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => value.trim() !== ''))
  const kept = provider.variables.flatMap(({ variable_key }) => stored(variable_key) ?? [])

  async function test(): Promise<void> {
    setTrial('running')
    try {
      const { valid, error } = await client.call(validateProvider, {
        body: { provider: provider.provider, variables: filled },
      })
      setTrial(valid ? 'works' : { error: error ?? '' })
    } catch (error) {
      setTrial({ error: error instanceof Error ? error.message : String(error) })
    }
  }

  async function save(): Promise<void> {
    const worked = await attempt(t('form.failed'), async () => {
      for (const { variable_key, is_secret, variable_name } of provider.variables) {
        const value = filled[variable_key]
        if (value === undefined) continue
        const before = stored(variable_key)
        const type = is_secret ? ('Credential' as const) : ('Generic' as const)
        if (before) {
          await client.call(updateVariable, { params: { variable_id: before.id }, body: { value, type } })
        } else {
          const body = { name: variable_key, value, type, default_fields: is_secret ? [variable_name] : [] }
          await client.call(createVariable, { body })
        }
      }
    })
    await Promise.all([variablesChanged(), providerChanged(provider.provider)])
    if (!worked) return
    setGiven({})
    notify('success', t('form.saved', { provider: provider.provider }))
    onSaved?.()
  }

  async function disconnect(): Promise<void> {
    const yes = await confirm({
      title: t('disconnect.title', { provider: provider.provider }),
      text: t('disconnect.text', { names: listed(kept.map(({ name }) => name)) }),
      confirm: t('disconnect.confirm'),
      danger: true,
    })
    if (!yes) return
    await attempt(t('form.failed'), () =>
      Promise.all(kept.map(({ id }) => client.call(deleteVariable, { params: { variable_id: id } }))),
    )
    await variablesChanged()
  }

  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      {provider.variables.map((variable) => {
        const { variable_key, variable_name: name, required, is_secret } = variable
        const words = wordsOf(variable)
        const known = { provider: provider.provider, name }
        const before = stored(variable_key)
        return (
          <Field
            key={variable_key}
            label={t(`variable.${words}`, known)}
            required={required}
            hint={t(hintOf(words, required), known)}
          >
            <TextInput
              type={is_secret ? 'password' : 'text'}
              autoComplete={is_secret ? 'new-password' : 'off'}
              spellCheck={false}
              value={given[variable_key] ?? ''}
              placeholder={before ? (before.value ?? '••••••••••••') : ''}
              onChange={(event) => {
                setTrial('idle')
                setGiven({ ...given, [variable_key]: event.target.value })
              }}
            />
          </Field>
        )
      })}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" disabled={Object.keys(filled).length === 0}>
          {t('form.save')}
        </Button>
        <Button onClick={() => void test()} disabled={trial === 'running'}>
          {t('form.test')}
        </Button>
        {kept.length > 0 ? (
          <Button look="ghost" onClick={() => void disconnect()}>
            {t('disconnect.confirm')}
          </Button>
        ) : null}
        {provider.api_docs_url ? (
          <a
            href={provider.api_docs_url}
            target="_blank"
            rel="noreferrer"
            className="ml-auto inline-flex min-h-6 items-center gap-1 text-accent text-sm underline"
          >
            {t('form.docs')}
            <ExternalLink size={12} />
          </a>
        ) : null}
      </div>
      <TrialResult trial={trial} wasAsked={provider.models.length > 0 || provider.live_discovery} />
    </form>
  )
}

interface TrialResultProps {
  readonly trial: Trial
  /** The server asks a model, or which there are; of a provider that can tell neither, it looks whether all is given. */
  readonly wasAsked: boolean
}

function TrialResult({ trial, wasAsked }: TrialResultProps): ReactNode {
  const { t } = useTranslation('models')
  if (trial === 'idle') return null
  if (trial === 'running') return <Spinner label={t('form.testing')} />
  if (trial === 'works') {
    return (
      <p role="status" className="flex items-center gap-2 text-sm text-success">
        <CircleCheck size={16} />
        {wasAsked ? t('form.works') : t('form.complete')}
      </p>
    )
  }
  return (
    <p role="alert" className="wrap-anywhere flex items-start gap-2 text-danger text-sm">
      <CircleAlert size={16} className="mt-0.5 shrink-0" />
      {trial.error || t('form.refused')}
    </p>
  )
}

/** A server of one's own has an address to be told, and may do without a key. */
const hintOf = (words: ReturnType<typeof wordsOf>, isRequired: boolean) =>
  words === 'address' && isRequired
    ? 'variable.addressNeeded'
    : words === 'key' && !isRequired
      ? 'variable.keyOptional'
      : (`variable.${words}Hint` as const)
