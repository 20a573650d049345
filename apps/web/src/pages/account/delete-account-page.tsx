import { deleteOwnAccount } from '@runnel/protocol/users'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { endSession, sessionQuery } from '../../api/session.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextInput } from '../../ui/input.tsx'
import { Page } from '../../ui/page.tsx'

/** Deletes one's own account, once its name and password have been typed. */
export function DeleteAccountPage(): ReactNode {
  const { t } = useTranslation('settings')
  const { data: session } = useQuery(sessionQuery)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  const user = session?.user

  async function leave(): Promise<void> {
    setError(undefined)
    try {
      await client.call(deleteOwnAccount, { body: { password } })
    } catch (failure) {
      return setError(failure instanceof Error ? failure.message : String(failure))
    }
    await endSession()
    location.assign('/login')
  }

  return (
    <Page title={t('account.title')} description={t('account.text')}>
      {session?.isAutomatic ? (
        <p className="text-sm text-text-muted">{t('account.automatic')}</p>
      ) : (
        <form
          className="flex max-w-md flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            void leave()
          }}
        >
          <p className="rounded-md bg-danger-soft p-3 text-danger text-sm">{t('account.warning')}</p>
          <Field label={t('account.typeName', { name: user?.username })} required>
            <TextInput value={name} autoComplete="off" onChange={(event) => setName(event.target.value)} />
          </Field>
          <Field label={t('password.current')} required error={error}>
            <TextInput
              type="password"
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </Field>
          <Button
            type="submit"
            look="danger"
            className="self-start"
            disabled={user === undefined || name !== user.username || password === ''}
          >
            {t('account.delete')}
          </Button>
        </form>
      )}
    </Page>
  )
}
