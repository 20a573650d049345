import { watchPublicFlow } from '@runnel/protocol/example-flows'
import { client } from '../../api/client.ts'

/** How long is waited before the server is asked again, in milliseconds: the longest first wait and the longest of all. */
const FIRST_MS = 2000
const LONGEST_MS = 60_000

/**
 * Waits with the server for the end of the sharing, as long as the page is seen: a browser has few connections.
 * @param look finds out what is true whenever an answer has ended, since networks and servers end answers too
 * @returns ends it
 */
export function watchSharing(flowId: string, look: () => Promise<unknown>): () => void {
  let watching: AbortController | undefined
  const follow = (): void => {
    watching?.abort()
    watching = document.hidden ? undefined : new AbortController()
    if (watching) void watch(watching.signal)
  }

  async function watch(signal: AbortSignal): Promise<void> {
    for (let longest = FIRST_MS; ; longest = Math.min(longest * 2, LONGEST_MS)) {
      if (await waited(signal)) longest = FIRST_MS
      if (signal.aborted) return
      await look()
      // Each visitor another time: when a server has come back they are many.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * longest))
      if (signal.aborted) return
    }
  }

  /** Resolves at the end of an answer with whether there was one. */
  async function waited(signal: AbortSignal): Promise<boolean> {
    try {
      const answer = await client.request(watchPublicFlow, { params: { flow_id: flowId }, signal })
      await answer.text()
      return answer.ok
    } catch {
      return false
    }
  }

  document.addEventListener('visibilitychange', follow)
  follow()
  return () => {
    document.removeEventListener('visibilitychange', follow)
    watching?.abort()
  }
}
