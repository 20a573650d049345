import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from '../api/client.ts'
import { startI18n } from '../i18n/i18n.ts'
import { ConfirmDialog } from '../ui/confirm.tsx'
import { loadMenus } from '../ui/menu.tsx'
import { Toaster } from '../ui/notifications.tsx'
import { whenIdle } from '../ui/when-idle.ts'
import { applyDensity } from './density.ts'
import { ErrorReport } from './error-report.tsx'
import { followOtherTabs } from './other-tabs.ts'
import { followSystemTheme } from './theme.ts'

/**
 * Draws what an HTML file of ours is about, with all that every one of them needs, once its words are there.
 * @param load what must be there as well before anything is shown
 */
export async function drawPage(page: ReactNode, load?: () => Promise<void>): Promise<void> {
  followSystemTheme()
  applyDensity()
  await startI18n()
  followOtherTabs()
  await load?.()
  const host = document.getElementById('root')
  if (!host) throw new Error('The page has no #root')
  const root = createRoot(host, {
    // Without it nothing would be left of the page.
    onUncaughtError: (error) => root.render(<ErrorReport error={error} onRetry={() => root.render(whole)} />),
  })
  const whole = (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>
          {page}
          <ConfirmDialog />
          <Toaster />
        </Suspense>
      </QueryClientProvider>
    </StrictMode>
  )
  root.render(whole)
  whenIdle(() => void loadMenus())
}
