import type { WireMessage } from '../../editor/run/build-events.ts'

/** The conversations of a visitor with one flow, the one used last first; they end with the browser tab. */
export interface VisitStore {
  sessions(): readonly string[]
  messages(sessionId: string): readonly WireMessage[]
  /** Adds a message, or puts it in the place of the one of its id. */
  keep(sessionId: string, message: WireMessage): void
  change(id: string, change: (message: WireMessage) => WireMessage | undefined): void
  rename(from: string, to: string): void
  remove(sessionId: string): void
}

type Kept = readonly (readonly [sessionId: string, messages: readonly WireMessage[]])[]

/** More of a session are forgotten: the browser has little room. */
const KEPT = 500

export function createVisitStore(flowId: string, storage: Pick<Storage, 'getItem' | 'setItem'>): VisitStore {
  const key = `runnel.visit.${flowId}`
  const read = (): Kept => {
    try {
      // Written below and nowhere else.
      return JSON.parse(storage.getItem(key) ?? '[]') as Kept
    } catch {
      return []
    }
  }
  const write = (kept: Kept): void => {
    try {
      storage.setItem(key, JSON.stringify(kept))
    } catch {
      // The room is used up: what is on the screen stays, and is not kept.
    }
  }
  const messages = (sessionId: string): readonly WireMessage[] => read().find(([id]) => id === sessionId)?.[1] ?? []
  return {
    sessions: () => read().map(([id]) => id),
    messages,
    keep(sessionId, message) {
      const before = messages(sessionId)
      const at = before.findIndex(({ id }) => id === message.id)
      const next = at < 0 ? [...before, message].slice(-KEPT) : before.with(at, message)
      write([[sessionId, next], ...read().filter(([id]) => id !== sessionId)])
    },
    change: (id, change) =>
      write(
        read().map(([session, all]) => {
          const changed = all.flatMap((one): readonly WireMessage[] => {
            const next = one.id === id ? change(one) : one
            return next ? [next] : []
          })
          return [session, changed] as const
        }),
      ),
    rename: (from, to) => write(read().map(([id, all]) => [id === from ? to : id, all])),
    remove: (sessionId) => write(read().filter(([id]) => id !== sessionId)),
  }
}
