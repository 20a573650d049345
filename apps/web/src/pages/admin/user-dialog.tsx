import { createUser, type UserRead, updateUser } from '@runnel/protocol/users'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { usersChanged } from '../../api/users.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Field, TextInput } from '../../ui/input.tsx'
import { Switch } from '../../ui/switch.tsx'

export interface UserDialogProps {
  /** The user to change; without, one is made. */
  readonly user?: UserRead | undefined
  readonly onClose: () => void
}

/** Name, password and rights of a user. */
export function UserDialog({ user, onClose }: UserDialogProps): ReactNode {
  const { t } = useTranslation('admin')
  const [username, setUsername] = useState(user?.username ?? '')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [isActive, setActive] = useState(user?.is_active ?? true)
  const [isSuperuser, setSuperuser] = useState(user?.is_superuser ?? false)
  const differ = password !== again

  async function save(): Promise<void> {
    const rights = { is_active: isActive, is_superuser: isSuperuser }
    if (user) {
      const body = { username: username.trim(), ...rights, ...(password && { password }) }
      await client.call(updateUser, { params: { user_id: user.id }, body })
    } else {
      const made = await client.call(createUser, { body: { username: username.trim(), password } })
      if (made.is_active !== isActive || made.is_superuser !== isSuperuser) {
        await client.call(updateUser, { params: { user_id: made.id }, body: rights })
      }
    }
    await usersChanged()
  }

  return (
    <FormDialog
      title={user ? t('dialog.edit') : t('dialog.add')}
      submit={t('dialog.save')}
      disabled={!username.trim() || differ || (!user && !password)}
      onSubmit={save}
      onClose={onClose}
    >
      <Field label={t('username')} required>
        <TextInput
          value={username}
          maxLength={150}
          autoComplete="off"
          autoFocus
          onChange={(event) => setUsername(event.target.value)}
        />
      </Field>
      <Field label={t('password')} required={!user} hint={user ? t('passwordKept') : undefined}>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Field label={t('again')} required={!user} error={again && differ ? t('differ') : undefined}>
        <TextInput
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
      </Field>
      <div className="flex items-center justify-between gap-4 text-sm">
        {t('active')}
        <Switch checked={isActive} onChange={setActive} label={t('active')} />
      </div>
      <div className="flex items-center justify-between gap-4 text-sm">
        {t('superuser')}
        <Switch checked={isSuperuser} onChange={setSuperuser} label={t('superuser')} />
      </div>
    </FormDialog>
  )
}
