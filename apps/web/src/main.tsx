import { RouterProvider } from '@tanstack/react-router'
import { queryClient } from './api/client.ts'
import { sessionQuery } from './api/session.ts'
import { drawPage } from './app/draw-page.tsx'
import { loadPage, router } from './app/router.tsx'
import { followKeys } from './editor/actions/shortcuts.ts'
import './styles.css'

void queryClient.prefetchQuery(sessionQuery)
loadPage()
followKeys()
// No `await` of the module itself: the pages import what stands in its file, and would wait for it while it waits for them.
// The page is drawn when it is there. What goes wrong it shows itself.
void drawPage(<RouterProvider router={router} />, () => router.load().catch(() => undefined))
