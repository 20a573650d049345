import { AppError } from '@runnel/protocol/errors'
import {
  field,
  isLanguageModel,
  isMessage,
  type LanguageModel,
  type Message,
  type ModelMessage,
  type RunContext,
  textOfData,
  toDataList,
} from '@runnel/sdk'
import { agentMessages } from './agent-conversation.ts'
import { runAgent } from './agent-loop.ts'
import { showSteps } from './agent-steps.ts'
import { agentTools } from './agent-tools.ts'

/** What the agents have in common whose tools and history come by edges. */
export const connectedAgentFields = {
  tools: field.handle({ label: 'Tools', info: 'What the agent may call.', accepts: ['Tool'], list: true }),
  input_value: field.message({ label: 'Input', info: 'What the agent is asked to do.', tool: true }),
  handle_parsing_errors: field.bool({
    label: 'Handle Parse Errors',
    info: 'Kept for older files. Mistakes in a call are always told to the model.',
    default: true,
    advanced: true,
  }),
  verbose: field.bool({
    label: 'Verbose',
    info: 'Kept for older files. Changes nothing.',
    default: true,
    advanced: true,
  }),
  max_iterations: field.int({
    label: 'Max Iterations',
    info: 'How often the model may be asked for one answer.',
    default: 15,
    advanced: true,
  }),
}

/** For those whose model still comes by an edge alone. */
export const llmField = field.handle({
  label: 'Language Model',
  info: 'The model the agent asks.',
  required: true,
  accepts: ['LanguageModel'],
})

/** The messages said before, as an edge brings them. */
export const chatHistoryField = field.data({
  label: 'Chat Memory',
  info: 'What was said before, from a Message History for one.',
  advanced: true,
  list: true,
})

/** The model an edge brings. @throws AppError `invalid_field` when there is none. */
export function connectedLlm(llm: unknown): LanguageModel {
  const model: unknown = Array.isArray(llm) ? llm[0] : llm
  if (isLanguageModel(model)) return model
  throw new AppError('invalid_field', ['There is no language model. Connect one to Language Model.'])
}

export interface ConnectedAgent {
  readonly tools: readonly unknown[]
  readonly model: LanguageModel
  readonly max_iterations: number
  readonly system: string
  readonly input: Message | undefined
  readonly history: readonly unknown[]
}

/** Runs such an agent to its answer; it has the connected tools and no others. @throws what the model throws. */
export async function answerOfConnectedAgent(agent: ConnectedAgent, context: RunContext): Promise<Message> {
  const noOthers = { sessionId: '', contextId: '', limit: 0 }
  const asked = await agentMessages({ system: agent.system, input: agent.input, history: noOthers }, context)
  const task = {
    model: agent.model,
    tools: agentTools({ connected: agent.tools, currentDate: false, calculator: false }),
    messages: [...asked.slice(0, -1), ...turnsIn(agent.history), ...asked.slice(-1)],
    limit: { turns: agent.max_iterations, answer: 'Agent stopped due to max iterations.' },
    toolRetries: 0,
  }
  const said = await runAgent(task, await showSteps(context), context)
  context.setStatus(said.text)
  return said
}

/** Whoever is no user is the assistant; what is blank is left out. */
function turnsIn(history: readonly unknown[]): readonly ModelMessage[] {
  return history.flatMap((entry): readonly ModelMessage[] => {
    const said = isMessage(entry)
      ? [{ sender: entry.sender, text: entry.text }]
      : toDataList(entry).map((record) => ({ sender: record.data.sender, text: textOfData(record) }))
    return said
      .filter(({ text }) => text.trim() !== '')
      .map(({ sender, text }) =>
        sender === 'User' || sender === undefined || sender === null
          ? { role: 'user', content: [{ type: 'text', text }] }
          : { role: 'assistant', content: text },
      )
  })
}
