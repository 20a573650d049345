import { type ProjectMember, removeProjectMember, updateProjectMember } from '@runnel/protocol/project-members'
import type { ProjectRead } from '@runnel/protocol/projects'
import type { ProjectRole } from '@runnel/protocol/roles'
import { useNavigate } from '@tanstack/react-router'
import { LogOut, UserMinus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { flowsChanged } from '../api/flows.ts'
import { membersChanged } from '../api/members.ts'
import { projectsChanged } from '../api/projects.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { confirm } from '../ui/confirm.tsx'
import { notify } from '../ui/notifications.tsx'
import { Badge } from '../ui/status.tsx'
import { Time } from '../ui/time.tsx'
import { RoleSelect } from './role-select.tsx'

export interface MemberRowProps {
  readonly member: ProjectMember
  readonly project: ProjectRead
  /** Whether it is who looks at it. */
  readonly isSelf: boolean
  /** Who looks at it has left the project. */
  readonly onLeft: () => void
}

/** One member of a project: an owner gives it another role or removes it, and oneself may leave. */
export function MemberRow({ member, project, isSelf, onLeft }: MemberRowProps): ReactNode {
  const { t } = useTranslation('members')
  const { t: say } = useTranslation('common')
  const navigate = useNavigate()
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const { username: name, role } = member
  const params = { project_id: project.id, user_id: member.user_id }
  const isOpen = project.role === 'owner' && !member.is_creator

  async function attempt(perform: () => Promise<void>): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      await perform()
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure))
    } finally {
      setBusy(false)
    }
  }

  const change = (next: ProjectRole): Promise<void> =>
    attempt(async () => {
      await client.call(updateProjectMember, { params, body: { role: next } })
      await Promise.all([membersChanged(project.id), isSelf && projectsChanged()])
    })

  async function remove(): Promise<void> {
    const names = { name, project: project.name }
    const yes = await confirm({
      title: t('removeTitle', names),
      text: t('removeText', names),
      confirm: t('removeConfirm'),
      danger: true,
    })
    if (!yes) return
    await attempt(async () => {
      await client.call(removeProjectMember, { params })
      await membersChanged(project.id)
    })
  }

  async function leave(): Promise<void> {
    const names = { project: project.name }
    const yes = await confirm({
      title: t('leaveTitle', names),
      text: t('leaveText'),
      confirm: t('leave'),
      danger: true,
    })
    if (!yes) return
    await attempt(async () => {
      await client.call(removeProjectMember, { params })
      notify('success', t('left', names))
      onLeft()
      // Before the list knows, or the page would say that the project is gone.
      if (location.pathname.endsWith(project.id)) await navigate({ to: '/flows' })
      await Promise.all([projectsChanged(), flowsChanged()])
    })
  }

  return (
    <li className="flex flex-col gap-1 px-3 py-2" data-testid={`member-${name}`}>
      <div className="flex min-h-8 items-center gap-2">
        <div className="min-w-0 flex-1">
          <div className="flex items-center gap-2">
            <span className="truncate font-medium text-sm">{name}</span>
            {isSelf ? <Badge>{t('you')}</Badge> : null}
          </div>
          <div className="text-text-muted text-xs">
            {member.is_creator ? (
              t('creator')
            ) : (
              <>
                {t('since')} <Time at={member.created_at} />
              </>
            )}
          </div>
        </div>
        {isOpen ? (
          <RoleSelect
            value={role}
            onChange={(next) => void (next !== role && change(next))}
            label={t('roleOf', { name })}
            disabled={isBusy}
          />
        ) : (
          <span className="shrink-0 text-sm text-text-muted">{say(`roles.${role}`)}</span>
        )}
        {isSelf && !member.is_creator ? (
          <Button size="sm" disabled={isBusy} onClick={() => void leave()} data-testid="leave-project">
            <LogOut size={14} />
            {t('leave')}
          </Button>
        ) : isOpen ? (
          <IconButton label={t('remove', { name })} disabled={isBusy} onClick={() => void remove()}>
            <UserMinus size={16} />
          </IconButton>
        ) : null}
      </div>
      {error ? (
        <p role="alert" className="text-danger text-sm">
          {error}
        </p>
      ) : null}
    </li>
  )
}
