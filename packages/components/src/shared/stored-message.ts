import { AppError } from '@runnel/protocol/errors'
import { type Message, message, type RunContext } from '@runnel/sdk'

export interface MessageToStore {
  readonly message: string
  readonly sender: string
  readonly sender_name: string
  readonly session_id: string
  readonly context_id?: string
  readonly memory: unknown
}

/** Adds a message to a session without showing it. @throws AppError `invalid_field` without a session. */
export async function storeMessage(
  { message: text, sender, sender_name, session_id, context_id = '', memory }: MessageToStore,
  context: RunContext,
): Promise<Message> {
  refuseExternalMemory(memory)
  const session = session_id || context.sessionId
  if (!session) {
    const why = 'No messages were stored. Please ensure that the session ID and sender are properly set.'
    throw new AppError('invalid_field', [why])
  }
  return context.messages.store(
    message(text, { sender: sender || 'Machine', sender_name: sender_name || 'AI', session_id: session, context_id }),
  )
}

/** No component here makes a memory, so one can only come from code that is not run. */
export function refuseExternalMemory(memory: unknown): void {
  if (memory === undefined || memory === null || memory === '') return
  const why = 'The memory connected to Message History has no messages to list. Remove it to use those kept here.'
  throw new AppError('invalid_field', [why])
}
