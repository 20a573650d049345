import type { TokenUsage } from '@runnel/protocol/message'
import type { LanguageModel, Message, ModelMessage, ModelToolCall, RunContext, Tool } from '@runnel/sdk'
import type { AgentSteps } from './agent-steps.ts'
import { callTool } from './agent-tools.ts'
import type { Thought } from './language-model.ts'
import { textPieces } from './text-pieces.ts'

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
 * Asks the model, calls the tools it wants, tells it what they gave, and asks again until it answers
 * (engine.md, 10.3). The answer is a message with the steps that led to it.
 * @throws what the model throws; tools do not end it.
 */
export async function runAgent(task: AgentTask, steps: AgentSteps, context: RunContext): Promise<Message> {
  const usage = createUsage(context)
  try {
    return await steps.answer(await converse(task, steps, { usage, signal: context.signal }), usage.sum())
  } catch (error) {
    // What a cancelled run has said so far stays.
    if (!context.signal.aborted) await steps.fail()
    throw error
  }
}

interface LoopContext {
  readonly usage: Usage
  readonly signal: AbortSignal
}

async function converse(task: AgentTask, steps: AgentSteps, { usage, signal }: LoopContext): Promise<string> {
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
    const text = await steps.say(listen(model.respond(request, signal), { calls: toolCalls, think, usage }))
    steps.reason(thought)
    if (toolCalls.length === 0) return text
    await steps.think(text)
    messages.push({ role: 'assistant', content: text, toolCalls })
    const results = toolCalls.map(async (call): Promise<ModelMessage> => {
      const end = await steps.use(call)
      const outcome = await callTool(call, tools, { retries: toolRetries, signal, addUsage: usage.add })
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
  readonly usage: Usage
}

/** The text of a turn as it comes; calls are collected, thoughts told, tokens counted. */
const listen = (parts: ReturnType<LanguageModel['respond']>, { calls, think, usage }: Heard) =>
  textPieces(parts, (part) => {
    if (part.type === 'tool-call') calls.push(part.call)
    else if (part.type === 'reasoning-delta') think(part.text)
    else if (part.type === 'finish' && part.usage) usage.add(part.usage)
  })

interface Usage {
  add(usage: TokenUsage): void
  /** Of all turns; null when the model does not count. */
  sum(): TokenUsage | null
}

function createUsage(context: Pick<RunContext, 'addUsage'>): Usage {
  let total: TokenUsage | null = null
  return {
    add(usage) {
      context.addUsage(usage)
      total = {
        input_tokens: (total?.input_tokens ?? 0) + usage.input_tokens,
        output_tokens: (total?.output_tokens ?? 0) + usage.output_tokens,
        total_tokens: (total?.total_tokens ?? 0) + usage.total_tokens,
      }
    },
    sum: () => total,
  }
}
