import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import {
  argumentSchema,
  type Component,
  isTool,
  type ModelToolCall,
  type Tool,
  type ToolCaller,
  toolResultText,
} from '@runnel/sdk'
import { answerTo, calculator } from '../utilities/calculator.ts'
import { currentDate, dateIn } from '../utilities/current-date.ts'

const TOOL_NAME = /^[a-zA-Z0-9_-]+$/

export interface Toolset {
  /** What edges bring. */
  readonly connected: readonly unknown[]
  readonly currentDate: boolean
  readonly calculator: boolean
}

/**
 * The tools an agent has: the connected ones, then the built-in ones whose names are not taken. Connected tools of one
 * name are told apart by a number.
 * @throws AppError `invalid_field` for a name no model accepts.
 */
export function agentTools({ connected, currentDate: hasDate, calculator: hasCalculator }: Toolset): readonly Tool[] {
  const tools = new Map<string, Tool>()
  for (const tool of connected.flat().filter(isTool)) {
    if (!TOOL_NAME.test(tool.name)) {
      const why = `Invalid tool name '${tool.name}': use letters, digits, underscores and dashes only. Rename the action.`
      throw new AppError('invalid_field', [why])
    }
    let name = tool.name
    for (let number = 2; tools.has(name); number++) name = `${tool.name}_${number}`
    tools.set(name, name === tool.name ? tool : { ...tool, name })
  }
  const own = [...(hasDate ? [dateTool] : []), ...(hasCalculator ? [calculatorTool] : [])]
  for (const tool of own) if (!tools.has(tool.name)) tools.set(tool.name, tool)
  return [...tools.values()]
}

const dateTool = builtIn(currentDate, ({ timezone }) => dateIn(typeof timezone === 'string' ? timezone : ''))
const calculatorTool = builtIn(calculator, ({ expression }) => answerTo(String(expression ?? '')))

/** A component's only output as a tool that needs no node. */
function builtIn(component: Component, answer: (input: Readonly<Record<string, unknown>>) => unknown): Tool {
  const [name = ''] = Object.values(component.outputs).map(({ method }) => method)
  const fields = Object.entries(component.inputs).filter(([, { attributes }]) => attributes.tool_mode === true)
  return {
    kind: 'tool',
    name,
    tags: [name],
    description: component.description,
    inputSchema: argumentSchema(fields),
    call: async (input) => answer(input),
  }
}

/** Somebody has said no, or nobody was there to ask: asking again would not help. */
const isRefused = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'tool_refused' || error.code === 'approval_impossible')

export interface ToolOutcome {
  /** What the model is told. */
  readonly text: string
  readonly failed: boolean
}

export interface CallOptions extends ToolCaller {
  /** How often a tool that fails is called again before the model hears of it. */
  readonly retries: number
  readonly signal: AbortSignal
}

/**
 * Calls the tool a model asks for. Whatever goes wrong is told to the model, so that it can do something else.
 * @throws the signal's reason when the run is cancelled.
 */
export async function callTool(
  call: ModelToolCall,
  tools: readonly Tool[],
  { retries, signal, addUsage, spans }: CallOptions,
): Promise<ToolOutcome> {
  const tool = tools.find(({ name }) => name === call.name)
  const span = spans.start({ kind: 'tool', name: call.name, input: call.input, nodeId: tool?.nodeId })
  let tries = 0
  const ended = (outcome: ToolOutcome): ToolOutcome => {
    const { text, failed } = outcome
    span.end({ retries: Math.max(0, tries - 1), ...(failed ? { error: text } : { output: text }) })
    return outcome
  }
  if (!tool) {
    const names = tools.map(({ name }) => name).join(', ')
    return ended({ text: `${call.name} is not a valid tool, try one of [${names}].`, failed: true })
  }
  if (!isObject(call.input)) {
    const text = `The arguments of ${call.name} are no JSON object. Call it again with a JSON object.`
    return ended({ text, failed: true })
  }
  const caller = { addUsage, spans: span.spans }
  for (;;) {
    try {
      signal.throwIfAborted()
      tries++
      return ended({ text: toolResultText(await tool.call(call.input, signal, caller)), failed: false })
    } catch (error) {
      signal.throwIfAborted()
      if (tries > retries || isRefused(error)) return ended({ text: messageOf(error), failed: true })
    }
  }
}
