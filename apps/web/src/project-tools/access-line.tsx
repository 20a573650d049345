import type { McpAuthSettings } from '@runnel/protocol/mcp-auth'
import { Link } from '@tanstack/react-router'
import { KeyRound, LogIn, Pencil, TriangleAlert } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { AuthDialog } from './auth-dialog.tsx'

export interface AccessLineProps {
  readonly projectId: string
  /** What the owner has chosen, if anything. */
  readonly settings: McpAuthSettings | null
  /** Whether programs reach the tools without showing anything. */
  readonly isOpen: boolean | undefined
}

/** Who may call the tools, and the way to choose. */
export function AccessLine({ projectId, settings, isOpen }: AccessLineProps): ReactNode {
  const { t } = useTranslation('project-tools')
  const [isEditing, setEditing] = useState(false)
  if (isOpen === undefined) return null
  const type = settings?.auth_type ?? (isOpen ? 'local' : 'apikey')
  const isWarning = type === 'none' || type === 'local'
  return (
    <section
      aria-label={t('access.title')}
      data-testid={`mcp-access-${type}`}
      className={classNames(
        'flex flex-wrap items-center gap-2 rounded-md px-3 py-2 text-sm',
        isWarning ? 'bg-warning-soft text-warning' : 'bg-surface-muted',
      )}
    >
      {isWarning ? <TriangleAlert size={16} className="shrink-0" /> : null}
      {type === 'apikey' ? <KeyRound size={16} className="shrink-0 text-text-muted" /> : null}
      {type === 'oauth' ? <LogIn size={16} className="shrink-0 text-text-muted" /> : null}
      <b className="font-medium">{t('access.now', { name: t(`access.name.${type}`) })}</b>
      <span className="min-w-60 flex-1">
        {t(`access.text.${type}`, { host: URL.parse(settings?.oauth_auth_url ?? '')?.host ?? '' })}{' '}
        {type === 'apikey' ? (
          <Link to="/api" search={{ tab: 'keys' }} className="text-accent underline">
            {t('access.keys')}
          </Link>
        ) : null}
      </span>
      <Button onClick={() => setEditing(true)} data-testid="edit-auth">
        <Pencil size={14} />
        {t(isWarning ? 'access.add' : 'access.edit')}
      </Button>
      {isEditing ? (
        <AuthDialog
          projectId={projectId}
          settings={settings}
          initial={type === 'local' ? 'apikey' : type}
          onClose={() => setEditing(false)}
        />
      ) : null}
    </section>
  )
}
