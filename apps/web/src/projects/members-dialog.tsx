import type { ProjectRead } from '@runnel/protocol/projects'
import { PROJECT_ROLES } from '@runnel/protocol/roles'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery } from '../api/members.ts'
import { sessionQuery } from '../api/session.ts'
import { Dialog } from '../ui/dialog.tsx'
import { ErrorState, TableSkeleton } from '../ui/status.tsx'
import { AddMember } from './add-member.tsx'
import { MemberRow } from './member-row.tsx'

export interface MembersDialogProps {
  readonly project: ProjectRead
  readonly onClose: () => void
}

/** Who a project is shared with, and what each of them may do. Owners change that; others see it, and may leave. */
export function MembersDialog({ project, onClose }: MembersDialogProps): ReactNode {
  const { t } = useTranslation('members')
  const { t: say } = useTranslation('common')
  const { data: members, isPending, error, refetch } = useQuery(membersQuery(project.id))
  const { data: session } = useQuery(sessionQuery)
  const isOwner = project.role === 'owner'
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title', { name: project.name })}
      description={t('text')}
      testId="project-members"
    >
      <div className="flex flex-col gap-4">
        {isOwner ? <AddMember projectId={project.id} /> : null}
        {isPending ? <TableSkeleton rows={2} /> : null}
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
        {members ? (
          <ul aria-label={t('list')} className="flex flex-col divide-y divide-border rounded-md border border-border">
            {members.map((member) => (
              <MemberRow
                key={member.user_id}
                member={member}
                project={project}
                isSelf={member.user_id === session?.user?.id}
                onLeft={onClose}
              />
            ))}
          </ul>
        ) : null}
        {members?.length === 1 ? <p className="text-sm text-text-muted">{t('none')}</p> : null}
        <section className="text-sm">
          <h3 className="font-medium">{t('what')}</h3>
          <dl className="mt-1 grid grid-cols-[max-content_1fr] gap-x-3 gap-y-0.5 text-text-muted">
            {PROJECT_ROLES.map((role) => (
              <div key={role} className="contents">
                <dt>{say(`roles.${role}`)}</dt>
                <dd>{t(`may.${role}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Dialog>
  )
}
