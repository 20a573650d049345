import { useEffect, useState } from 'react'
import { draftOf } from '../model/playground-state.ts'
import { usePlayground, usePlaygroundState } from '../playground-context.tsx'
import type { Uploads } from './use-attachments.ts'

/**
 * Sends the draft of the open session; one whose files are still on their way goes when the last of them is there.
 * Whoever writes on meanwhile, or loses a file, has to send again.
 */
export function useSend(
  uploads: Uploads,
  canSend: boolean,
): { readonly isWaiting: boolean; readonly send: () => void } {
  const playground = usePlayground()
  const current = usePlaygroundState((state) => state.current)
  const text = usePlaygroundState((state) => draftOf(state, state.current).text)
  /** The draft that waits for its files. */
  const [waiting, setWaiting] = useState<string>()
  const draft = `${current} ${text}`
  const isWaiting = waiting === draft && uploads === 'uploading'
  useEffect(() => {
    if (waiting === undefined || uploads === 'uploading') return
    setWaiting(undefined)
    if (uploads === 'ready' && waiting === draft && canSend) void playground.sendDraft()
  }, [waiting, uploads, draft, canSend, playground])
  return {
    isWaiting,
    send() {
      if (!canSend) return
      if (uploads === 'uploading') setWaiting(draft)
      else void playground.sendDraft()
    },
  }
}
