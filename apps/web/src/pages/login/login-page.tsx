import { login } from '@runnel/protocol/login'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client, queryClient } from '../../api/client.ts'
import { configQuery } from '../../api/server-info.ts'
import { Field, TextInput } from '../../ui/input.tsx'
import { VisitorForm } from './visitor-form.tsx'

/** Name and password; afterwards the page that was asked for. */
export function LoginPage(): ReactNode {
  const { t } = useTranslation('login')
  const navigate = useNavigate()
  const { next } = useSearch({ strict: false })
  const { data: config } = useQuery(configQuery)

  async function logIn(form: FormData): Promise<void> {
    const body = { username: String(form.get('username')), password: String(form.get('password')) }
    await client.call(login, { body })
    queryClient.clear()
    await navigate({ href: next ?? '/' })
  }

  return (
    <VisitorForm
      title={t('title')}
      submit={t('logIn')}
      onSubmit={logIn}
      footer={
        config?.enable_signup ? (
          <>
            {t('noAccount')}{' '}
            <Link to="/signup" className="text-accent underline">
              {t('signUp')}
            </Link>
          </>
        ) : undefined
      }
    >
      <Field label={t('username')}>
        <TextInput name="username" autoComplete="username" required autoFocus />
      </Field>
      <Field label={t('password')}>
        <TextInput name="password" type="password" autoComplete="current-password" required />
      </Field>
    </VisitorForm>
  )
}
