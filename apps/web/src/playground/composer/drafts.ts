import type { Playground } from '../model/playground-state.ts'

const texts = new WeakMap<Playground, Map<string, string>>()

/** What was written and not sent, by session, for as long as the flow is open (P-03). */
export const drafts = {
  read: (playground: Playground, sessionId: string): string => texts.get(playground)?.get(sessionId) ?? '',
  write(playground: Playground, sessionId: string, text: string): void {
    const own = texts.get(playground) ?? new Map<string, string>()
    texts.set(playground, own.set(sessionId, text))
  },
}
