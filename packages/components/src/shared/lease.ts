import type { RunContext } from '@runnel/sdk'

export interface Leased<Client> {
  open(): Promise<Client>
  close(client: Client): Promise<void>
}

/** How long what nobody uses is kept, in milliseconds. */
const IDLE_MS = 2000

/**
 * Something that is costly to open, such as a connection, for pieces of work that follow one another: opened with the
 * first, closed when none has come for a while, and when the run is cancelled. All of it goes where the operator allows.
 */
export function createLease<Client>(
  { open, close }: Leased<Client>,
  { sockets, signal }: Pick<RunContext, 'sockets' | 'signal'>,
  hosts: readonly string[] = [],
) {
  let opened: Promise<Client> | undefined
  let users = 0
  let idle: NodeJS.Timeout | undefined
  const end = () => {
    clearTimeout(idle)
    signal.removeEventListener('abort', end)
    const last = opened
    opened = undefined
    // Nobody waits for it, and what could not be opened need not be closed.
    void last?.then(close).catch(() => undefined)
  }
  return {
    /** @throws what `open` and `work` throw; AppError `address_refused`; the signal's reason */
    async use<Value>(work: (client: Client) => Promise<Value>): Promise<Value> {
      signal.throwIfAborted()
      users++
      clearTimeout(idle)
      try {
        return await sockets.guarded(async () => {
          if (!opened) signal.addEventListener('abort', end, { once: true })
          opened ??= open()
          return work(await opened)
        }, hosts)
      } catch (error) {
        // It may be broken: the next piece of work opens a new one.
        end()
        signal.throwIfAborted()
        throw error
      } finally {
        users--
        if (users === 0 && opened) idle = setTimeout(end, IDLE_MS)
      }
    },
  }
}
