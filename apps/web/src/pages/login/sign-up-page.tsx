import { createUser } from '@runnel/protocol/users'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { Field, TextInput } from '../../ui/input.tsx'
import { notify } from '../../ui/notifications.tsx'
import { VisitorForm } from './visitor-form.tsx'

/** Makes an account; where the server wants it, a superuser lets it in afterwards. */
export function SignUpPage(): ReactNode {
  const { t } = useTranslation('login')
  const navigate = useNavigate()

  async function signUp(form: FormData): Promise<void> {
    const password = String(form.get('password'))
    if (password !== String(form.get('again'))) throw new Error(t('differ'))
    const user = await client.call(createUser, { body: { username: String(form.get('username')), password } })
    notify('success', user.is_active ? t('made') : t('awaits'))
    await navigate({ to: '/login' })
  }

  return (
    <VisitorForm
      title={t('signUpTitle')}
      submit={t('signUp')}
      onSubmit={signUp}
      footer={
        <>
          {t('hasAccount')}{' '}
          <Link to="/login" className="text-accent underline">
            {t('logIn')}
          </Link>
        </>
      }
    >
      <Field label={t('username')}>
        <TextInput name="username" autoComplete="username" required autoFocus maxLength={150} />
      </Field>
      <Field label={t('password')}>
        <TextInput name="password" type="password" autoComplete="new-password" required />
      </Field>
      <Field label={t('again')}>
        <TextInput name="again" type="password" autoComplete="new-password" required />
      </Field>
    </VisitorForm>
  )
}
