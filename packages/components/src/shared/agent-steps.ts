import type { ContentBlock, TokenUsage } from '@runnel/protocol/message'
import { type Message, type ModelToolCall, message, type RunContext } from '@runnel/sdk'
import type { ToolOutcome } from './agent-tools.ts'
import { reasoningStep, type Thought } from './language-model.ts'

type Step = ContentBlock['contents'][number]

/** What gave an answer and what it took. */
export interface AnswerPrice {
  /** The model's name. */
  readonly model: string
  readonly usage: TokenUsage | null
  /** US dollars; undefined where a price is not known. */
  readonly cost: number | undefined
}

/** Shows what an agent does while it does it, as one message that grows. */
export interface AgentSteps {
  /** Passes on what the model says in one turn and gives it back whole. */
  say(pieces: AsyncIterable<string>): Promise<string>
  /** What the model thought before it said something; seen with the next step. */
  reason(thought: Thought): void
  /** What was just said was no answer: tools are called next. */
  think(text: string): Promise<void>
  /** Shows that a tool is called; the function it gives back shows the outcome. */
  use(call: ModelToolCall): Promise<(outcome: ToolOutcome) => Promise<void>>
  /** Completes the message with the answer. */
  answer(text: string, price: AnswerPrice): Promise<Message>
  /** Takes the message back, unless a part of the answer was read already: that stays, marked as failed. */
  fail(): Promise<void>
}

const HAMMER = 'Hammer'
const SPEECH = 'MessageSquare'

/** Steps of one run of an agent. They are seen when the node stands next to a Chat Output and `isQuiet` is not set. */
export async function showSteps(context: RunContext, isQuiet = false): Promise<AgentSteps> {
  const { node, messages } = context
  const steps: Step[] = []
  let since = performance.now()
  let hasSpoken = false
  const blocks = (): readonly ContentBlock[] => [
    { title: 'Agent Steps', contents: [...steps], allow_markdown: true, media_url: null },
  ]
  const opening = message('', {
    sender: 'Machine',
    sender_name: node.chatSenderName ?? node.displayName,
    session_id: context.sessionId,
    content_blocks: blocks(),
  })
  const partial: Message = { ...opening, properties: { ...opening.properties, icon: 'Bot', state: 'partial' } }
  let shown = isQuiet ? partial : await messages.send(partial)
  const isSeen = shown.id !== null
  const show = async (changes: Partial<Message> = {}): Promise<void> => {
    shown = { ...shown, ...changes, content_blocks: blocks() }
    if (isSeen) await messages.send(shown)
  }
  /** Milliseconds since the last step ended. */
  const lap = (): number => {
    const from = since
    since = performance.now()
    return Math.round(since - from)
  }
  return {
    async say(pieces) {
      hasSpoken = false
      if (!isSeen) return joined(pieces)
      return (
        await messages.stream(
          shown,
          noticing(pieces, () => {
            hasSpoken = true
          }),
          { isShown: true },
        )
      ).text
    },
    reason(thought) {
      if (thought.text.trim() !== '') steps.push(reasoningStep(thought))
    },
    async think(text) {
      hasSpoken = false
      if (text.trim() === '') return
      steps.push(textStep(text, { title: 'Thought', icon: SPEECH }, lap()))
      await show({ text: '' })
    },
    async use({ id, name, input }) {
      const position = steps.length
      const began = performance.now()
      const step = { type: 'tool_use', name, tool_input: input, output: null, error: null }
      steps.push({ ...step, duration: null, header: { title: `Accessing **${name}**`, icon: HAMMER } })
      await show()
      return async ({ text, failed }) => {
        since = performance.now()
        const status = failed ? 'error' : 'success'
        steps[position] = {
          ...step,
          duration: Math.round(since - began),
          header: { title: `${failed ? 'Error using' : 'Executed'} **${name}**`, icon: HAMMER },
          output: { content: text, type: 'tool', name, tool_call_id: id, artifact: null, status },
          error: failed ? text : null,
        }
        await show()
      }
    },
    async answer(text, { model, usage, cost }) {
      steps.push(textStep(text, { title: 'Output', icon: SPEECH }, lap()))
      await show({
        text,
        properties: {
          ...shown.properties,
          state: 'complete',
          source: { id: node.id, display_name: node.displayName, source: model },
          usage,
          ...(cost !== undefined && { cost }),
        },
      })
      return shown
    },
    async fail() {
      if (shown.id !== null && !hasSpoken) await messages.remove(shown.id)
    },
  }
}

const textStep = (text: string, header: { readonly title: string; readonly icon: string }, duration: number): Step => ({
  type: 'text',
  duration,
  header,
  text,
})

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

/** The pieces as they are; each is noticed. */
async function* noticing(pieces: AsyncIterable<string>, notice: () => void): AsyncGenerator<string, void> {
  for await (const piece of pieces) {
    notice()
    yield piece
  }
}
