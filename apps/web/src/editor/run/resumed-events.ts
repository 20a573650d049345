import type { BuildEvent } from './build-events.ts'

export interface ResumeOptions {
  readonly signal: AbortSignal
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
}

const FIRST_WAIT_MS = 500
const TRIES = 6
const CUT_OFF = 'The connection was closed'

/**
 * The events of a build to its end, each once, although the connection breaks: the server tells a build from its
 * beginning to whoever asks, so it is asked again and what was heard is passed over.
 * @param open is told how often it has failed since the last event
 */
export async function* resumedEvents(
  open: (failures: number) => Promise<AsyncIterable<BuildEvent>>,
  { signal, wait }: ResumeOptions,
): AsyncGenerator<BuildEvent, void> {
  let heard = 0
  for (let failures = 0; ; ) {
    let at = 0
    try {
      for await (const event of await open(failures)) {
        if (at++ < heard) continue
        heard++
        failures = 0
        yield event
        if (event.event === 'end') return
      }
      // A stream that ends before its build was cut off on its way.
      throw new Error(`${CUT_OFF} before the run had ended.`)
    } catch (error) {
      failures++
      if (signal.aborted || failures >= TRIES || !isConnection(error)) throw error
      await wait(FIRST_WAIT_MS * 2 ** (failures - 1), signal)
      if (signal.aborted) throw error
    }
  }
}

/** Whether it was the network, and not the server, that said no; the page has its own words for that. */
const isConnection = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof Error && (error.cause instanceof TypeError || error.message.startsWith(CUT_OFF)))
