import { useEffect, useRef, useState } from 'react'

/** An answer as far as it has come. */
export interface SentAnswer {
  /** `200 OK`, or why there is none. */
  readonly status: string
  readonly isRefused: boolean
  /** A line for each. */
  readonly headers: string
  readonly text: string
  readonly durationMs: number
}

export interface SentCall {
  readonly url: string
  /** JSON. */
  readonly body: string
  /** Empty for the session of the page. */
  readonly key: string
}

/** Sends a call with a key, or with the session, and follows the answer. */
export function useSend(): {
  readonly answer: SentAnswer | undefined
  readonly isBusy: boolean
  readonly send: (call: SentCall) => Promise<void>
  readonly stop: () => void
} {
  const [answer, setAnswer] = useState<SentAnswer>()
  const [isBusy, setBusy] = useState(false)
  const sending = useRef<AbortController>(undefined)
  useEffect(() => () => sending.current?.abort(), [])

  async function send({ url, body, key }: SentCall): Promise<void> {
    const abort = new AbortController()
    sending.current = abort
    const begun = performance.now()
    let so: SentAnswer = { status: '…', isRefused: false, headers: '', text: '', durationMs: 0 }
    const show = (part: Partial<SentAnswer>): void => {
      so = { ...so, ...part, durationMs: performance.now() - begun }
      setAnswer(so)
    }
    setBusy(true)
    try {
      const response = await fetch(url, {
        method: 'POST',
        credentials: key === '' ? 'same-origin' : 'omit',
        headers: { 'content-type': 'application/json', ...(key !== '' && { 'x-api-key': key }) },
        body,
        signal: abort.signal,
      })
      const { status, statusText, ok } = response
      const headers = Array.from(response.headers, ([name, value]) => `${name}: ${value}`).join('\n')
      show({ status: `${status} ${statusText}`.trim(), isRefused: !ok, headers })
      const pieces = response.body?.pipeThrough(new TextDecoderStream())
      const reader = pieces?.getReader()
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        show({ text: so.text + piece.value })
      }
      show({ text: readable(so.text) })
    } catch (error) {
      if (!abort.signal.aborted)
        show({ status: error instanceof Error ? error.message : String(error), isRefused: true })
    } finally {
      setBusy(false)
    }
  }
  return { answer, isBusy, send, stop: () => sending.current?.abort() }
}

/** One JSON value on lines of its own; a stream of several stays as it came. */
function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
