import { Link, Navigate, useParams, useRouter } from '@tanstack/react-router'
import {
  Archive,
  ArrowLeft,
  Bot,
  Cpu,
  HardDrive,
  Keyboard,
  KeyRound,
  type LucideIcon,
  MessagesSquare,
  Palette,
  Server,
  UserCog,
  Variable,
} from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../ui/button.tsx'
import { usePageTitle } from '../../ui/page-title.ts'
import { Skeleton } from '../../ui/status.tsx'
import { isSection, SECTION_NAMES, type SectionName } from './section-names.ts'

interface Section {
  readonly icon: LucideIcon
  /** What tests call it, whatever the language. */
  readonly testName: string
  readonly component: unknown
}

const SECTIONS = {
  general: {
    icon: UserCog,
    testName: 'General',
    component: lazy(async () => ({ default: (await import('./general-section.tsx')).GeneralSection })),
  },
  'model-providers': {
    icon: Cpu,
    testName: 'Model Providers',
    component: lazy(async () => ({ default: (await import('../../models/providers-section.tsx')).ProvidersSection })),
  },
  'global-variables': {
    icon: Variable,
    testName: 'Global Variables',
    component: lazy(async () => ({
      default: (await import('../../variables/variables-section.tsx')).VariablesSection,
    })),
  },
  'mcp-servers': {
    icon: Server,
    testName: 'MCP Servers',
    component: lazy(async () => ({
      default: (await import('../../mcp-servers/mcp-servers-section.tsx')).McpServersSection,
    })),
  },
  'coding-agents': {
    icon: Bot,
    testName: 'coding-agents',
    component: lazy(async () => ({ default: (await import('./coding-agents-section.tsx')).CodingAgentsSection })),
  },
  'api-keys': {
    icon: KeyRound,
    testName: 'Langflow API Keys',
    component: lazy(async () => ({ default: (await import('../../api-keys/api-keys-section.tsx')).ApiKeysSection })),
  },
  shortcuts: {
    icon: Keyboard,
    testName: 'Shortcuts',
    component: lazy(async () => ({ default: (await import('./shortcuts-section.tsx')).ShortcutsSection })),
  },
  messages: {
    icon: MessagesSquare,
    testName: 'Messages',
    component: lazy(async () => ({ default: (await import('./messages-section.tsx')).MessagesSection })),
  },
  backup: {
    icon: Archive,
    testName: 'backup',
    component: lazy(async () => ({ default: (await import('./backup-section.tsx')).BackupSection })),
  },
  appearance: {
    icon: Palette,
    testName: 'appearance',
    component: lazy(async () => ({ default: (await import('./appearance-section.tsx')).AppearanceSection })),
  },
  server: {
    icon: HardDrive,
    testName: 'server',
    component: lazy(async () => ({ default: (await import('./server/server-section.tsx')).ServerSection })),
  },
} as const satisfies Readonly<Record<SectionName, Section>>

/** Settings of the user, a page for each part; an unknown one is the first. */
export function SettingsPage(): ReactNode {
  const { t } = useTranslation('settings')
  const router = useRouter()
  const { section } = useParams({ strict: false })
  usePageTitle(isSection(section) ? `${t(`nav.${section}`)} – ${t('title')}` : t('title'))
  if (!isSection(section)) return <Navigate to="/settings/$section" params={{ section: 'general' }} replace />
  const { component: Content } = SECTIONS[section]
  return (
    <div className="mx-auto flex min-h-full max-w-7xl flex-col px-4 pt-6 sm:px-6">
      <header className="flex items-center gap-2 pb-4">
        <IconButton
          label={t('back')}
          data-testid="back_page_button"
          onClick={() => (router.history.canGoBack() ? router.history.back() : void router.navigate({ to: '/flows' }))}
        >
          <ArrowLeft size={16} />
        </IconButton>
        <h1 className="font-semibold text-2xl leading-8">{t('title')}</h1>
      </header>
      <div className="grid flex-1 grid-cols-1 content-start gap-6 md:grid-cols-[200px_1fr] md:content-stretch">
        <nav aria-label={t('title')} className="flex flex-wrap gap-0.5 md:flex-col md:flex-nowrap">
          {SECTION_NAMES.map((name) => {
            const { icon: Icon, testName } = SECTIONS[name]
            return (
              <Link
                key={name}
                to="/settings/$section"
                params={{ section: name }}
                // Back leads out of the settings, wherever one has been in them.
                replace
                data-testid={`sidebar-nav-${testName}`}
                className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-text-muted hover:bg-surface-hover"
                activeProps={{ className: 'bg-surface-hover font-medium text-text!', 'aria-current': 'page' }}
              >
                <Icon size={16} />
                {t(`nav.${name}`)}
              </Link>
            )
          })}
        </nav>
        <Suspense fallback={<Skeleton className="h-60" />}>
          <Content />
        </Suspense>
      </div>
    </div>
  )
}
