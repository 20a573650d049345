import { Outlet } from '@tanstack/react-router'
import { Menu as MenuIcon } from 'lucide-react'
import { type ReactNode, Suspense, useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../ui/button.tsx'
import { lazily } from '../ui/lazily.ts'
import { Header } from './header.tsx'
import { HealthBar } from './health-bar.tsx'
import { Rail } from './rail.tsx'

const ProjectList = lazily(async () => (await import('./project-list.tsx')).ProjectList)
const PagePalette = lazily(async () => (await import('./page-palette.tsx')).PagePalette)
const GettingStarted = lazily(async () => (await import('../getting-started/getting-started.tsx')).GettingStarted)

/** Header, rail and a page: every page but the workspace and those for visitors. */
export function Shell(): ReactNode {
  const { t } = useTranslation('common')
  const [isRailOpen, setRailOpen] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const closeRail = useCallback(() => {
    setRailOpen(false)
    opener.current?.focus()
  }, [])
  return (
    <div className="flex h-full flex-col">
      <HealthBar />
      <Header>
        <IconButton
          ref={opener}
          label={t('rail.label')}
          aria-expanded={isRailOpen}
          onClick={() => setRailOpen(!isRailOpen)}
          className="sm:hidden"
          data-testid="open-rail"
        >
          <MenuIcon size={16} />
        </IconButton>
        <Suspense fallback={null}>
          <PagePalette />
        </Suspense>
      </Header>
      <div className="flex min-h-0 flex-1">
        <Rail isOpen={isRailOpen} onClose={closeRail}>
          <Suspense fallback={null}>
            <ProjectList />
          </Suspense>
          <Suspense fallback={null}>
            <GettingStarted />
          </Suspense>
        </Rail>
        <main className="min-w-0 flex-1 overflow-y-auto">
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </main>
      </div>
    </div>
  )
}
