import { lazily } from '../../ui/lazily.ts'

/** The messages of a session as a table; loaded when it is first asked for. */
export const MessageLogs = lazily(async () => (await import('./message-logs.tsx')).MessageLogs)
