import { addProjectMember } from '@runnel/protocol/project-members'
import type { ProjectRole } from '@runnel/protocol/roles'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { membersChanged } from '../api/members.ts'
import { Button } from '../ui/button.tsx'
import { TextInput } from '../ui/input.tsx'
import { RoleSelect } from './role-select.tsx'

/** Shares a project with one more user of the server, by name. */
export function AddMember({ projectId }: { readonly projectId: string }): ReactNode {
  const { t } = useTranslation('members')
  const [name, setName] = useState('')
  const [role, setRole] = useState<ProjectRole>('viewer')
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function add(): Promise<void> {
    const username = name.trim()
    if (username === '' || isBusy) return
    setBusy(true)
    setError(undefined)
    try {
      await client.call(addProjectMember, { params: { project_id: projectId }, body: { username, role } })
      await membersChanged(projectId)
      setName('')
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure))
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      className="flex flex-col gap-1"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <div className="flex gap-2">
        <TextInput
          value={name}
          maxLength={150}
          aria-label={t('username')}
          placeholder={t('username')}
          aria-invalid={error !== undefined}
          autoComplete="off"
          spellCheck={false}
          data-testid="member-name"
          onChange={(event) => {
            setName(event.target.value)
            setError(undefined)
          }}
        />
        <RoleSelect value={role} onChange={setRole} label={t('role')} />
        <Button look="primary" type="submit" disabled={isBusy || name.trim() === ''} data-testid="add-member">
          {t('add')}
        </Button>
      </div>
      {error ? (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      ) : null}
    </form>
  )
}
