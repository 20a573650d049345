import type { WireMessage } from '../../editor/run/build-events.ts'
import { saveFile } from '../../ui/file-drop.tsx'
import type { ChatBackend } from '../model/chat-backend.ts'

/** Hands the user all messages of a session. */
export async function exportSession(
  backend: ChatBackend,
  sessionId: string,
  title: string,
  as: 'json' | 'md',
): Promise<void> {
  const messages = await allMessages(backend, sessionId)
  const content = as === 'json' ? JSON.stringify(messages, null, 2) : markdownOf(title, messages)
  saveFile(new Blob([content]), `${title.replace(/[\\/:*?"<>|]/g, '-')}.${as}`)
}

/** Every message of a session, the oldest first. */
export async function allMessages(backend: ChatBackend, sessionId: string): Promise<readonly WireMessage[]> {
  let messages: readonly WireMessage[] = []
  for (;;) {
    const page = await backend.messages(sessionId, messages.length)
    messages = [...page.messages, ...messages]
    if (!page.hasOlder) return messages
  }
}

/** A conversation as a text one can read. */
export const markdownOf = (title: string, messages: readonly WireMessage[]): string =>
  [
    `# ${title}`,
    ...messages.map(({ sender_name, sender, timestamp, text }) => {
      return `**${sender_name ?? sender ?? ''}** · ${timestamp ?? ''}\n\n${text?.trim() ?? ''}`
    }),
  ].join('\n\n') + '\n'
