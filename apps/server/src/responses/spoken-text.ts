import type { RunEvent } from '@runnel/engine/run-event'

/** Follows what a flow says: of each message, what a reader does not have yet. */
export function createSpokenText() {
  const said = new Map<string, string>()
  return {
    /** '' when nothing is new. */
    newIn(event: RunEvent): string {
      switch (event.type) {
        case 'message-add': {
          const { id, sender, category, text } = event.message
          if (sender === 'User' || category === 'error') return ''
          const before = said.get(id) ?? ''
          said.set(id, text)
          // A text that was put in place of another is new as a whole.
          return text.startsWith(before) ? text.slice(before.length) : text
        }
        case 'message-delta': {
          const before = said.get(event.messageId)
          if (before === undefined) return ''
          said.set(event.messageId, before + event.text)
          return event.text
        }
        default:
          return ''
      }
    },
  }
}
