import { AppError, messageOf } from '@runnel/protocol/errors'
import { defineComponent, type Fields, field, type InputsOf, message, type RunContext, toMessage } from '@runnel/sdk'
import { askAgent } from '../shared/a2a-client.ts'
import { FLOW_NAMES, firstValue, runOther } from '../shared/flow-run.ts'

const flowName = {
  label: 'Agent',
  info: 'The flow that answers, one of your own.',
  options: FLOW_NAMES,
  refresh: true,
} as const

const inputs = {
  mode: field.tab({
    label: 'Mode',
    info: 'An agent elsewhere, or one of your own flows.',
    options: ['Internal', 'External'],
    default: 'External',
    refresh: true,
  }),
  agent_name_selected: field.dropdown({ ...flowName, show: false }),
  agent_url: field.text({ label: 'Agent URL', info: 'The address of the agent, or of its card.' }),
  input_value: field.multiline({
    label: 'Message',
    info: 'What to say to the agent.',
    required: true,
    tool: true,
  }),
  api_key: field.secret({ label: 'API Key', info: 'Sent to the agent as x-api-key.', advanced: true }),
  timeout: field.int({ label: 'Timeout', info: 'Seconds to wait for the answer.', default: 60, advanced: true }),
} as const
type Given = InputsOf<typeof inputs>

export const a2aAgent = defineComponent({
  type: 'A2AAgent',
  aliases: ['A2AAgentComponent'],
  displayName: 'A2A Agent',
  description: 'Asks another agent, one that speaks A2A or one of your own flows.',
  icon: 'bot',
  category: 'models_and_agents',
  documentation: 'https://a2a-protocol.org',
  inputs,
  dynamicInputs: ({ mode }): Fields =>
    mode === 'Internal' ? { agent_name_selected: field.dropdown({ ...flowName, show: true }) } : {},
  outputs: {
    response: {
      type: 'Message',
      label: 'Response',
      method: 'send_to_agent',
      async run({ inputs, context }) {
        const said = inputs.mode === 'Internal' ? await askFlow(inputs, context) : await askElsewhere(inputs, context)
        context.setStatus(said)
        return message(said)
      },
    },
  },
})

async function askElsewhere(given: Given, context: RunContext): Promise<string> {
  const url = given.agent_url.trim()
  if (url === '') throw new AppError('invalid_field', ['There is no Agent URL. Enter the address of an agent.'])
  const access = { url, key: given.api_key, timeoutMs: Math.max(1, given.timeout) * 1000 }
  try {
    return (await askAgent(given.input_value, access, context)) || 'No response received from the A2A agent.'
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError) || error.code !== 'bad_request') throw error
    throw new AppError('bad_request', [`Failed to call A2A agent at ${url}: ${messageOf(error)}`], { cause: error })
  }
}

/** Asked in a conversation of its own, which goes on with that of the caller. */
async function askFlow({ agent_name_selected, input_value }: Given, context: RunContext): Promise<string> {
  if (agent_name_selected.trim() === '') throw new AppError('invalid_field', ['Select an A2A agent to call.'])
  const flow = await context.flows.find(agent_name_selected)
  if (!flow) throw new AppError('invalid_field', [`There is no flow ${agent_name_selected}. Choose another agent.`])
  const fields = Object.fromEntries(flow.inputs.map(({ id }) => [id, { input_value }]))
  const sessionId = `${context.sessionId}:a2a:${flow.id}`
  const answer = firstValue(await runOther(flow, { fields, sessionId }, context, context.signal))
  return (
    (answer === undefined || answer === null ? '' : toMessage(answer).text) || 'No response received from the agent.'
  )
}
