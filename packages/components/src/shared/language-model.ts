import { AppError } from '@runnel/protocol/errors'
import type { ContentBlock, TokenUsage } from '@runnel/protocol/message'
import {
  field,
  forEachOf,
  type LanguageModel,
  type Message,
  type ModelMessage,
  type ModelRequest,
  message,
  type RunContext,
} from '@runnel/sdk'
import { contentOfFiles } from './file-content.ts'
import { textPieces } from './text-pieces.ts'
import { tracedAnswer } from './traced-model.ts'

/** The fields all components that ask a model once have in common. */
export const modelInputs = {
  input_value: field.message({ label: 'Input', info: 'What to ask the model.' }),
  system_message: field.multiline({
    label: 'System Message',
    info: 'Tells the model how to behave. Sent before the input.',
  }),
  stream: field.bool({
    label: 'Stream',
    info: 'Show the answer while it is written. Works next to a Chat Output.',
    advanced: true,
  }),
} as const

export interface CompleteTextArguments {
  readonly inputs: {
    readonly input_value: Message | undefined
    readonly system_message: string
    readonly stream: boolean
  }
  readonly context: RunContext
}

/** The two outputs of such a component: the answer as a message, and the model itself. */
export function modelOutputs<Args extends CompleteTextArguments>(
  model: (args: Args) => LanguageModel | Promise<LanguageModel>,
) {
  return {
    text_output: {
      type: 'Message',
      label: 'Model Response',
      method: 'text_response',
      run: (args: Args) => completeText(model(args), args),
    },
    model_output: { type: 'LanguageModel', label: 'Language Model', method: 'build_model', run: model },
  } as const
}

/**
 * Asks the model and gives its answer as a message. With `stream`, next to a Chat Output, the answer is shown piece by
 * piece. @throws AppError `invalid_field` when there is nothing to ask; what the model throws.
 */
export async function completeText(
  model: LanguageModel | Promise<LanguageModel>,
  { inputs, context }: CompleteTextArguments,
): Promise<Message> {
  const asked = await model
  const messages = await conversation(inputs.input_value, inputs.system_message, context)
  const stream = inputs.stream && context.node.isNextToChatOutput
  const answer = ask(asked, { messages, stream }, context)
  const said = stream ? await show(answer, asked, context) : message(await textOf(answer.pieces))
  context.setStatus(said.text)
  const usage = answer.usage()
  const cost = usage ? context.costOf(usage, asked) : undefined
  const thought = answer.reasoning()
  return {
    ...said,
    ...(usage && { properties: { ...said.properties, usage, ...(cost !== undefined && { cost }) } }),
    ...(thought.text !== '' && { content_blocks: [...said.content_blocks, reasoningBlock(thought)] }),
  }
}

/** What a model thought before it answered, as the playground shows it. */
export interface Thought {
  readonly text: string
  /** From the question to the last of it. */
  readonly durationMs: number
}

export const reasoningStep = ({ text, durationMs }: Thought): ContentBlock['contents'][number] => ({
  type: 'reasoning',
  duration: Math.round(durationMs),
  header: { title: 'Reasoning', icon: 'Brain' },
  text,
})

const reasoningBlock = (thought: Thought): ContentBlock => ({
  title: 'Reasoning',
  contents: [reasoningStep(thought)],
  allow_markdown: true,
  media_url: null,
})

/** System message and input as the turns of a conversation. */
export async function conversation(
  input: Message | undefined,
  system: string,
  context: Pick<RunContext, 'files' | 'log'>,
): Promise<readonly ModelMessage[]> {
  const first: readonly ModelMessage[] = system.trim() === '' ? [] : [{ role: 'system', content: system }]
  const turns = input ? await turnsOf(input, context) : []
  if (first.length + turns.length === 0) {
    throw new AppError('invalid_field', ['The message you want to send to the model is empty.'])
  }
  return [...first, ...turns]
}

/** What a message says to a model: its prompt if it carries one, else a turn of whoever sent it. */
async function turnsOf(input: Message, context: Pick<RunContext, 'files' | 'log'>): Promise<readonly ModelMessage[]> {
  if (input.prompt) return input.prompt
  const isUser = !input.sender || input.sender === 'User'
  const files = isUser ? input.files : []
  if (input.text.trim() === '' && files.length === 0) return []
  if (!isUser) return [{ role: 'assistant', content: input.text }]
  return [{ role: 'user', content: [{ type: 'text', text: input.text }, ...(await contentOfFiles(files, context))] }]
}

/** Asks once and gives the whole text; tokens are counted. @throws what the model throws. */
export function askText(
  model: LanguageModel,
  request: ModelRequest,
  context: Pick<RunContext, 'signal' | 'addUsage' | 'spans'>,
): Promise<string> {
  return textOf(ask(model, request, context).pieces)
}

interface Answer {
  /** The text as it comes; never an empty piece. */
  readonly pieces: AsyncIterable<string>
  /** Known once the pieces have ended. */
  usage(): TokenUsage | null
  /** The same: what the model thought, as far as its provider tells. */
  reasoning(): Thought
}

interface AskContext extends Pick<RunContext, 'signal' | 'addUsage' | 'spans'> {
  readonly messages?: Pick<RunContext['messages'], 'think'>
}

function ask(model: LanguageModel, request: ModelRequest, context: AskContext): Answer {
  let usage: TokenUsage | null = null
  let thought: Thought = { text: '', durationMs: 0 }
  const since = performance.now()
  const pieces = textPieces(tracedAnswer(model, request, context), (part) => {
    if (part.type === 'reasoning-delta') {
      thought = { text: thought.text + part.text, durationMs: performance.now() - since }
      if (request.stream) context.messages?.think?.(part.text)
    }
    if (part.type === 'finish' && part.usage) usage = part.usage
  })
  return { pieces, usage: () => usage, reasoning: () => thought }
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  await forEachOf(pieces, (piece) => {
    text += piece
  })
  return text
}

/** Shows the answer in the chat while it arrives. */
async function show({ pieces }: Answer, model: LanguageModel, context: RunContext): Promise<Message> {
  const { id, displayName, icon, chatSenderName } = context.node
  const empty = message('', {
    sender: 'Machine',
    sender_name: chatSenderName ?? 'AI',
    session_id: context.sessionId,
  })
  const source = { id, display_name: displayName, source: model.model }
  const shown = await context.messages.stream(
    { ...empty, properties: { ...empty.properties, icon, state: 'partial', source } },
    pieces,
  )
  return { ...shown, properties: { ...shown.properties, state: 'complete' } }
}
