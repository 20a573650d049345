import { messageOf } from '@runnel/protocol/errors'
import { type Message, type ModelContent, type ModelMessage, message, type RunContext, toMessage } from '@runnel/sdk'
import { contentOfFiles } from './file-content.ts'

type Reading = Pick<RunContext, 'files' | 'log' | 'messages'>

export interface AgentConversation {
  readonly system: string
  readonly input: Message | undefined
  readonly history: {
    readonly sessionId: string
    readonly contextId: string
    /** At most so many messages, the newest. */
    readonly limit: number
  }
}

/** Instructions, what was said before, and the input as the user's turn. What is blank is left out. */
export async function agentMessages(
  { system, input, history }: AgentConversation,
  context: Reading,
): Promise<readonly ModelMessage[]> {
  const first: readonly ModelMessage[] = system.trim() === '' ? [] : [{ role: 'system', content: system }]
  return [...first, ...(await earlierTurns(history, input?.id ?? null, context)), await inputTurn(input, context)]
}

async function earlierTurns(
  { sessionId, contextId, limit }: AgentConversation['history'],
  currentId: string | null,
  context: Reading,
): Promise<readonly ModelMessage[]> {
  if (limit <= 0 || sessionId === '') return []
  const found = await context.messages.find({
    session_id: sessionId,
    ...(contextId && { context_id: contextId }),
    order: 'asc',
    limit,
  })
  const turns: ModelMessage[] = []
  for (const { id, sender, text, files } of found) {
    if (id === currentId) continue
    const said = text.trim() === '' ? [] : [{ type: 'text' as const, text }]
    if (sender !== 'User') {
      if (said.length > 0) turns.push({ role: 'assistant', content: text })
      continue
    }
    const content = [...said, ...(await earlierFiles(files, context))]
    if (content.length > 0) turns.push({ role: 'user', content })
  }
  return turns
}

/** A file may be gone by now; the conversation goes on without it. */
async function earlierFiles(paths: readonly string[], context: Reading): Promise<readonly ModelContent[]> {
  try {
    return await contentOfFiles(paths, context)
  } catch (error) {
    context.log('Files', `A file of an earlier message was not sent to the model: ${messageOf(error)}`)
    return []
  }
}

/** Whoever sent it, the input is what the agent is asked. */
async function inputTurn(input: Message | undefined, context: Reading): Promise<ModelMessage> {
  const { text, files } = input ?? message('')
  const attached = await contentOfFiles(files, context)
  if (text.trim() !== '') return { role: 'user', content: [{ type: 'text', text }, ...attached] }
  return {
    role: 'user',
    content: attached.length > 0 ? attached : [{ type: 'text', text: 'Continue the conversation.' }],
  }
}

const PLACEHOLDER = /\{(current_date|model_name|optional_user_context)\}/g

/**
 * The instructions of an agent. What the author of the flow typed may name the day, in UTC, and the model; a text that
 * an edge brings is taken as it is.
 */
export function systemPrompt(given: unknown, modelName: string): string {
  if (typeof given !== 'string') return given === undefined || given === null ? '' : toMessage(given).text
  const values: Readonly<Record<string, string>> = {
    current_date: new Date().toISOString().slice(0, 10),
    model_name: modelName,
    optional_user_context: '',
  }
  return given.replace(PLACEHOLDER, (_, name: string) => values[name] ?? '')
}
