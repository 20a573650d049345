import type { TokenUsage } from '@runnel/protocol/message'
import type {
  AddUsage,
  LanguageModel,
  Message,
  ModelMessage,
  ModelToolCall,
  RunContext,
  SpansPort,
  Tool,
} from '@runnel/sdk'
import type { AgentSteps } from './agent-steps.ts'
import { callTool } from './agent-tools.ts'
import type { Thought } from './language-model.ts'
import { textPieces } from './text-pieces.ts'
import { tracedAnswer } from './traced-model.ts'

/** All an agent needs to begin. */
export interface AgentTask {
  readonly model: LanguageModel
  /** Instructions, history and what is asked. */
  readonly messages: readonly ModelMessage[]
  readonly tools: readonly Tool[]
  /** How often the model may be asked, and what is answered when that was not enough. */
  readonly limit: { readonly turns: number; readonly answer: string }
  /** How often a tool that fails is called again before the model is told. */
  readonly toolRetries: number
}

/**
 * Asks the model, calls the tools it wants, tells it what they gave, and asks again until it answers.
 * The answer is a message with the steps that led to it.
 * @throws what the model throws; tools do not end it.
 */
export async function runAgent(task: AgentTask, steps: AgentSteps, context: RunContext): Promise<Message> {
  const usage = createUsage(context)
  try {
    return await steps.answer(await converse(task, steps, { usage, signal: context.signal, spans: context.spans }), {
      model: task.model.model,
      usage: usage.sum(),
      cost: usage.cost(),
    })
  } catch (error) {
    // What a cancelled run has said so far stays.
    if (!context.signal.aborted) await steps.fail()
    throw error
  }
}

interface LoopContext {
  readonly usage: Usage
  readonly signal: AbortSignal
  readonly spans: SpansPort
}

async function converse(task: AgentTask, steps: AgentSteps, { usage, signal, spans }: LoopContext): Promise<string> {
  const { model, tools, limit, toolRetries } = task
  const messages = [...task.messages]
  for (let turn = 0; turn < limit.turns; turn++) {
    const toolCalls: ModelToolCall[] = []
    const request = { messages: [...messages], stream: true, ...(tools.length > 0 && { tools }) }
    let thought: Thought = { text: '', durationMs: 0 }
    const since = performance.now()
    const think = (text: string): void => {
      thought = { text: thought.text + text, durationMs: performance.now() - since }
    }
    const answer = tracedAnswer(model, request, { signal, addUsage: usage.add, spans })
    const text = await steps.say(listen(answer, { calls: toolCalls, think }))
    steps.reason(thought)
    if (toolCalls.length === 0) return text
    await steps.think(text)
    messages.push({ role: 'assistant', content: text, toolCalls })
    const results = toolCalls.map(async (call): Promise<ModelMessage> => {
      const end = await steps.use(call)
      const outcome = await callTool(call, tools, { retries: toolRetries, signal, addUsage: usage.add, spans })
      await end(outcome)
      return { role: 'tool', callId: call.id, name: call.name, output: outcome.text }
    })
    messages.push(...(await Promise.all(results)))
  }
  return limit.answer
}

interface Heard {
  readonly calls: ModelToolCall[]
  think(text: string): void
}

/** The text of a turn as it comes; calls are collected, thoughts told. */
const listen = (parts: ReturnType<LanguageModel['respond']>, { calls, think }: Heard) =>
  textPieces(parts, (part) => {
    if (part.type === 'tool-call') calls.push(part.call)
    else if (part.type === 'reasoning-delta') think(part.text)
  })

interface Usage {
  readonly add: AddUsage
  /** Of all turns; null when the model does not count. */
  sum(): TokenUsage | null
  /** In US dollars; undefined when the price of one of the models is not known. */
  cost(): number | undefined
}

function createUsage({ addUsage, costOf }: Pick<RunContext, 'addUsage' | 'costOf'>): Usage {
  let total: TokenUsage | null = null
  let dollars = 0
  let isPriced = true
  return {
    add(usage, of) {
      addUsage(usage, of)
      const cost = of && costOf(usage, of)
      if (cost === undefined) isPriced = false
      else dollars += cost
      total = {
        input_tokens: (total?.input_tokens ?? 0) + usage.input_tokens,
        output_tokens: (total?.output_tokens ?? 0) + usage.output_tokens,
        total_tokens: (total?.total_tokens ?? 0) + usage.total_tokens,
      }
    },
    sum: () => total,
    // Whole billionths: sums of fractions are a little off.
    cost: () => (total && isPriced ? Math.round(dollars * 1e9) / 1e9 : undefined),
  }
}
