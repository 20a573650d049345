import type { ChatBackend } from '../model/chat-backend.ts'

/** As long as the notice with its Undo is to be seen, and a moment more. */
const GRACE_MS = 6500

const waiting = new Set<() => void>()

/** Deletes sessions a few seconds from now, or when the page goes away. @returns takes it back, until then */
export function removeLater(
  backend: Pick<ChatBackend, 'removeSession'>,
  ids: readonly string[],
  onFail: (error: unknown) => void,
): () => void {
  const drop = (): void => {
    clearTimeout(timer)
    waiting.delete(send)
  }
  const send = (): void => {
    drop()
    Promise.all(ids.map((id) => backend.removeSession(id))).catch(onFail)
  }
  const timer = setTimeout(send, GRACE_MS)
  waiting.add(send)
  return drop
}

if (typeof addEventListener === 'function') {
  addEventListener('pagehide', () => {
    for (const send of waiting) send()
  })
}
