import { lazy } from 'react'

/** The messages of a session as a table; loaded when it is first asked for. */
export const MessageLogs = lazy(() => import('./message-logs.tsx').then((m) => ({ default: m.MessageLogs })))
