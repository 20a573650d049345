import { login } from '@runnel/protocol/login'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/input.tsx'

/** Name and password; afterwards the page that was asked for. */
export function LoginPage(): ReactNode {
  const { t } = useTranslation('login')
  const navigate = useNavigate()
  const { next } = useSearch({ from: '/login' })
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function logIn(form: FormData): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      const body = { username: String(form.get('username')), password: String(form.get('password')) }
      await client.call(login, { body })
      queryClient.clear()
      await navigate({ to: next ?? '/flows' })
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <main className="flex h-full items-center justify-center bg-canvas p-4">
      <form
        className="flex w-full max-w-sm flex-col gap-4 rounded-lg border border-border bg-surface p-6 shadow-2"
        onSubmit={(event) => {
          event.preventDefault()
          void logIn(new FormData(event.currentTarget))
        }}
      >
        <img src="/runnel.svg" alt="" width={40} height={40} />
        <h1 className="font-semibold text-xl">{t('title')}</h1>
        <Field label={t('username')}>
          <TextInput name="username" autoComplete="username" required autoFocus />
        </Field>
        <Field label={t('password')} error={error}>
          <TextInput name="password" type="password" autoComplete="current-password" required />
        </Field>
        <Button type="submit" look="primary" disabled={isBusy}>
          {t('logIn')}
        </Button>
      </form>
    </main>
  )
}
