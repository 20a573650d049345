import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Workflow } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FlowUser, FlowUsers } from '../api/flow-uses.ts'
import { IconButton } from '../ui/button.tsx'
import { Popover } from '../ui/popover.tsx'
import { ErrorState, Skeleton } from '../ui/status.tsx'

export interface UsedByButtonProps {
  /** What is used, as its page calls it. */
  readonly name: string
  readonly users: FlowUsers
}

/** Opens the list of flows that use a thing; it is read when it is opened. */
export function UsedByButton({ name, users }: UsedByButtonProps): ReactNode {
  const { t } = useTranslation('flows')
  const [isOpen, setOpen] = useState(false)
  const label = t('usedBy.button', { name })
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      label={label}
      className="w-72 p-3"
      trigger={
        <IconButton label={label} data-testid="used-by">
          <Workflow size={16} />
        </IconButton>
      }
    >
      <UserList users={users} />
    </Popover>
  )
}

function UserList({ users: { key, read } }: Pick<UsedByButtonProps, 'users'>): ReactNode {
  const { t } = useTranslation('flows')
  // Flows change behind this page.
  const query = { queryKey: ['flow-users', ...key], queryFn: read, staleTime: 0 }
  const { data: flows, error, refetch } = useQuery<readonly FlowUser[]>(query)
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!flows) return <Skeleton className="h-12" />
  if (flows.length === 0) return <p className="text-sm text-text-muted">{t('usedBy.none', { count: 1 })}</p>
  return (
    <>
      <h3 className="mb-1 font-medium text-sm">{t('usedBy.title', { count: flows.length })}</h3>
      <ul className="max-h-60 overflow-y-auto">
        {flows.map(({ id, name }) => (
          <li key={id}>
            <Link
              to="/flow/$flowId"
              params={{ flowId: id }}
              className="block min-h-6 truncate rounded-sm py-0.5 text-accent text-sm underline"
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
