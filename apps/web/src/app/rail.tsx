import { useQuery } from '@tanstack/react-query'
import { Link, useRouterState } from '@tanstack/react-router'
import {
  Activity,
  BookOpen,
  ChevronsLeft,
  ChevronsRight,
  Files,
  Folder,
  KeyRound,
  LayoutTemplate,
  type LucideIcon,
  Server,
  Settings,
} from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { configQuery } from '../api/server-info.ts'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Tooltip } from '../ui/tooltip.tsx'
import { NARROW, useMedia } from '../ui/use-media.ts'

interface Entry {
  readonly to: string
  readonly name: 'projects' | 'files' | 'knowledge' | 'api' | 'monitor' | 'mcpServers' | 'templates' | 'settings'
  readonly icon: LucideIcon
}

/** A part of the settings with an entry of its own. */
const MCP_SERVERS = '/settings/mcp-servers'

const ENTRIES: readonly Entry[] = [
  { to: '/flows', name: 'projects', icon: Folder },
  { to: '/files', name: 'files', icon: Files },
  { to: '/knowledge', name: 'knowledge', icon: BookOpen },
  { to: '/api', name: 'api', icon: KeyRound },
  { to: '/monitor', name: 'monitor', icon: Activity },
  { to: MCP_SERVERS, name: 'mcpServers', icon: Server },
  { to: '/templates', name: 'templates', icon: LayoutTemplate },
  { to: '/settings', name: 'settings', icon: Settings },
]

const STORED = 'runnel.rail'

/** The pages this server wants to be found. */
function useEntries(): readonly Entry[] {
  const { data: config } = useQuery(configQuery)
  return config?.hide_starter_projects ? ENTRIES.filter(({ name }) => name !== 'templates') : ENTRIES
}

export interface RailProps {
  /** Of a narrow window, where it stands over the page. */
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** The way to every page. Folds to icons and remembers that. `children` stand below the entries. */
export function Rail({ isOpen, onClose, children }: RailProps): ReactNode {
  const isNarrow = useMedia(NARROW)
  if (!isNarrow) return <BesidePage>{children}</BesidePage>
  return isOpen ? <OverPage onClose={onClose}>{children}</OverPage> : null
}

const COLUMN = 'flex shrink-0 flex-col gap-0.5 overflow-y-auto border-border border-r bg-surface-muted p-2'

/** Goes once it has led somewhere. */
function OverPage({ onClose, children }: Pick<RailProps, 'onClose' | 'children'>): ReactNode {
  const { t } = useTranslation('common')
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const [first] = useState(path)
  const entries = useEntries()
  useEffect(() => {
    if (path !== first) onClose()
  }, [path, first, onClose])
  return (
    <>
      <div data-veil="" className="fixed inset-0 top-12 z-30 bg-black/45" onPointerDown={onClose} />
      <nav
        aria-label={t('rail.label')}
        ref={(element) => element?.querySelector('a')?.focus()}
        className={classNames(COLUMN, 'fixed top-12 bottom-0 left-0 z-30 w-56 shadow-3')}
        onKeyDown={({ key }) => key === 'Escape' && onClose()}
      >
        {entries.map((entry) => (
          <RailLink key={entry.to} entry={entry} isFolded={false} />
        ))}
        {children}
      </nav>
    </>
  )
}

function BesidePage({ children }: Pick<RailProps, 'children'>): ReactNode {
  const { t } = useTranslation('common')
  const entries = useEntries()
  const [isFolded, setFolded] = useState(() => localStorage.getItem(STORED) === 'folded')
  const fold = (folded: boolean): void => {
    localStorage.setItem(STORED, folded ? 'folded' : 'open')
    setFolded(folded)
  }
  return (
    <nav aria-label={t('rail.label')} className={classNames(COLUMN, isFolded ? 'w-13' : 'w-56')}>
      {entries.map((entry) => (
        <RailLink key={entry.to} entry={entry} isFolded={isFolded} />
      ))}
      {isFolded ? null : children}
      <div className="mt-auto flex justify-end pt-2">
        <IconButton
          label={isFolded ? t('rail.open') : t('rail.fold')}
          tooltipSide="right"
          onClick={() => fold(!isFolded)}
        >
          {isFolded ? <ChevronsRight size={16} /> : <ChevronsLeft size={16} />}
        </IconButton>
      </div>
    </nav>
  )
}

function RailLink({ entry, isFolded }: { readonly entry: Entry; readonly isFolded: boolean }): ReactNode {
  const { t } = useTranslation('common')
  const { to, icon: Icon } = entry
  const name = t(`rail.${entry.name}`)
  // The nearest entry alone is where one is.
  const isElsewhere = useRouterState({
    select: ({ location }) => to === '/settings' && location.pathname === MCP_SERVERS,
  })
  const link = (
    <Link
      to={to}
      className="flex h-9 shrink-0 items-center gap-3 rounded-md px-2.5 text-sm text-text-muted hover:bg-surface-hover hover:text-text"
      activeProps={isElsewhere ? {} : { className: 'bg-surface-hover font-medium text-text!', 'aria-current': 'page' }}
      aria-label={name}
    >
      <Icon size={16} className="shrink-0" />
      {isFolded ? null : <span className="truncate">{name}</span>}
    </Link>
  )
  return isFolded ? (
    <Tooltip label={name} side="right">
      {link}
    </Tooltip>
  ) : (
    link
  )
}
