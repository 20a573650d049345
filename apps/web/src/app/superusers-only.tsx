import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { Lock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../api/session.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/status.tsx'

/** Pages about the server and not about the user's own things; others are told whose they are. */
export function SuperusersOnly(): ReactNode {
  const { t } = useTranslation('common')
  const navigate = useNavigate()
  const { data: session } = useQuery(sessionQuery)
  if (session?.user?.is_superuser) return <Outlet />
  return (
    <EmptyState
      icon={<Lock size={32} />}
      title={t('forbidden.title')}
      hint={t('forbidden.text', { name: session?.user?.username })}
      actions={<Button onClick={() => void navigate({ to: '/flows' })}>{t('notFound.home')}</Button>}
    />
  )
}
