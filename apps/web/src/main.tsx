import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/client.ts'
import { sessionQuery } from './api/session.ts'
import { applyDensity } from './app/density.ts'
import { loadPage, router } from './app/router.tsx'
import { followSystemTheme } from './app/theme.ts'
import { startI18n } from './i18n/i18n.ts'
import { ConfirmDialog } from './ui/confirm.tsx'
import { Toaster } from './ui/notifications.tsx'
import './styles.css'

// Visitors of a shared chat are asked for nothing.
if (!/^\/(playground|embed)\//.test(location.pathname)) void queryClient.prefetchQuery(sessionQuery)
loadPage()
followSystemTheme()
applyDensity()
void begin()

// No `await` of the module itself: the pages import what stands in its file, and would wait for it while it waits for them.
async function begin(): Promise<void> {
  await startI18n()
  // The page is drawn when it is there. What goes wrong it shows itself.
  await router.load().catch(() => undefined)
  const host = document.getElementById('root')
  if (!host) throw new Error('index.html has no #root')
  createRoot(host).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>
          <RouterProvider router={router} />
          <ConfirmDialog />
          <Toaster />
        </Suspense>
      </QueryClientProvider>
    </StrictMode>,
  )
}
