import { Outlet } from '@tanstack/react-router'
import { type ReactNode, Suspense } from 'react'
import { lazily } from '../ui/lazily.ts'
import { Header } from './header.tsx'
import { HealthBar } from './health-bar.tsx'
import { Rail } from './rail.tsx'

const ProjectList = lazily(async () => (await import('./project-list.tsx')).ProjectList)
const PagePalette = lazily(async () => (await import('./page-palette.tsx')).PagePalette)
const GettingStarted = lazily(async () => (await import('../getting-started/getting-started.tsx')).GettingStarted)

/** Header, rail and a page: every page but the workspace and those for visitors. */
export const Shell = (): ReactNode => (
  <div className="flex h-full flex-col">
    <HealthBar />
    <Header>
      <Suspense fallback={null}>
        <PagePalette />
      </Suspense>
    </Header>
    <div className="flex min-h-0 flex-1">
      <Rail>
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
