import { Link } from '@tanstack/react-router'
import { KeyRound, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

/** Who may call the tools: whoever holds a key, or on a server that signs in by itself everybody who reaches it. */
export function AccessLine({ isOpen }: { readonly isOpen: boolean | undefined }): ReactNode {
  const { t } = useTranslation('project-tools')
  if (isOpen === undefined) return null
  return isOpen ? (
    <p className="flex items-center gap-2 rounded-md bg-warning-soft px-3 py-2 text-sm text-warning">
      <TriangleAlert size={16} className="shrink-0" />
      {t('access.open')}
    </p>
  ) : (
    <p className="flex flex-wrap items-center gap-2 rounded-md bg-surface-muted px-3 py-2 text-sm">
      <KeyRound size={16} className="shrink-0 text-text-muted" />
      {t('access.key')}
      <Link to="/api" search={{ tab: 'keys' }} className="text-accent underline">
        {t('access.keys')}
      </Link>
    </p>
  )
}
