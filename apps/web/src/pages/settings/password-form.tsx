import { resetPassword } from '@runnel/protocol/users'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { endSession } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/input.tsx'

/** Changes the user's own password. Every login of theirs ends with it, this one too. */
export function PasswordForm({ userId }: { readonly userId: string }): ReactNode {
  const { t } = useTranslation('settings')
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [error, setError] = useState<string>()
  const differ = again !== '' && again !== password

  async function save(): Promise<void> {
    setError(undefined)
    try {
      await client.call(resetPassword, {
        params: { user_id: userId },
        body: { password, current_password: current },
      })
    } catch (failure) {
      return setError(failure instanceof Error ? failure.message : String(failure))
    }
    await endSession()
    location.assign('/login')
  }

  return (
    <form
      aria-label={t('password.title')}
      className="flex max-w-md flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div>
        <h3 className="font-semibold">{t('password.title')}</h3>
        <p className="text-sm text-text-muted">{t('password.text')}</p>
      </div>
      <Field label={t('password.current')} required>
        <TextInput
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
      </Field>
      <Field label={t('password.new')} required>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Field label={t('password.again')} required error={differ ? t('password.differ') : error}>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
      </Field>
      <Button
        type="submit"
        look="primary"
        className="self-start"
        disabled={!current || !password || password !== again}
      >
        {t('password.save')}
      </Button>
    </form>
  )
}
