import { AppError } from '@runnel/protocol/errors'
import {
  argumentSchema,
  type Fields,
  type Message,
  message,
  type RunContext,
  type StoredFile,
  type Tool,
} from '@runnel/sdk'
import { answerOfConnectedAgent, connectedLlm } from './connected-agent.ts'
import { connectedModel, type ModelFields } from './model-choice.ts'

/** What an agent has that works on one thing: tools for it, and how to go about it. */
export interface OwnTools {
  readonly tools: readonly unknown[]
  readonly system: string
}

interface OwnToolsArguments {
  readonly inputs: ModelFields & {
    readonly llm?: unknown
    readonly input_value: Message | string | undefined
    readonly max_iterations: number
  }
  readonly dynamic: Readonly<Record<string, unknown>>
  readonly context: RunContext
}

/** The answer of such an agent, by the model an edge brings or the node chooses. @throws what the model throws */
export async function answerWithOwnTools(
  { inputs, dynamic, context }: OwnToolsArguments,
  { tools, system }: OwnTools,
): Promise<Message> {
  const { input_value: given, max_iterations } = inputs
  const model = 'llm' in inputs ? connectedLlm(inputs.llm) : await connectedModel(inputs, dynamic.llm, context)
  const input = typeof given === 'string' ? message(given) : given
  return answerOfConnectedAgent({ model, max_iterations, input, tools, system, history: [] }, context)
}

/** The stored file a field names. @throws AppError `invalid_field` when it names none */
export async function chosenFile([path]: readonly string[], { files }: RunContext): Promise<StoredFile> {
  if (path) return files.read(path)
  throw new AppError('invalid_field', ['There is no file. Choose one in File Path.'])
}

/** A tool whose arguments are these fields. */
export const ownTool = (name: string, description: string, fields: Fields, call: Tool['call']): Tool => ({
  kind: 'tool',
  name,
  tags: [name],
  description,
  inputSchema: argumentSchema(Object.entries(fields)),
  call,
})
