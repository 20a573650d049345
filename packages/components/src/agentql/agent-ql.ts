import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { data, defineComponent, field, type InputsOf } from '@runnel/sdk'
import { answerOfService, jsonObject, postJson, type ServiceAnswer } from '../shared/ask-service.ts'

const inputs = {
  api_key: field.secret({ label: 'AgentQL API Key', info: 'Your key for AgentQL.', required: true }),
  url: field.text({ label: 'URL', info: 'The page to take data from.', required: true, tool: true }),
  query: field.multiline({
    label: 'AgentQL Query',
    info: 'What to take, in the language of AgentQL. Either this or a prompt.',
    tool: true,
  }),
  prompt: field.multiline({
    label: 'Prompt',
    info: 'What to take, in plain words. Either this or a query.',
    tool: true,
  }),
  is_stealth_mode_enabled: field.bool({
    label: 'Enable Stealth Mode (Beta)',
    info: 'Try not to look like a program.',
    advanced: true,
  }),
  timeout: field.int({
    label: 'Timeout',
    info: 'The most seconds to wait for the page; no more than 300 here.',
    default: 900,
    advanced: true,
  }),
  mode: field.dropdown({
    label: 'Request Mode',
    info: 'How carefully to look: standard waits for more of the page.',
    options: ['fast', 'standard'],
    default: 'fast',
    advanced: true,
  }),
  wait_for: field.int({
    label: 'Wait For',
    info: 'Seconds to let the page load before data is taken.',
    default: 0,
    advanced: true,
  }),
  is_scroll_to_bottom_enabled: field.bool({
    label: 'Enable scroll to bottom',
    info: 'Scroll to the end of the page first.',
    advanced: true,
  }),
  is_screenshot_enabled: field.bool({
    label: 'Enable screenshot',
    info: 'Give a picture of the page as well, as Base64.',
    advanced: true,
  }),
}

export const agentQl = defineComponent({
  type: 'AgentQL',
  displayName: 'Extract Web Data',
  description: 'Takes data from a web page with AgentQL, by a query or a prompt.',
  icon: 'AgentQL',
  category: 'agentql',
  documentation: 'https://docs.agentql.com/rest-api/api-reference',
  inputs,
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'build_output',
      toolNames: ['build_output', 'agent_ql'],
      async run({ inputs, context }) {
        const { api_key, timeout } = inputs
        const request = postJson(questionOf(inputs), { 'X-API-Key': api_key })
        const timeoutMs = Math.max(1, timeout) * 1000
        const answer = await answerOfService(
          'https://api.agentql.com/v1/query-data',
          { ...request, timeoutMs },
          context,
        )
        if (answer.status >= 400) throw new AppError('bad_request', [refusal(answer)])
        const { data: result, metadata } = jsonObject(answer)
        context.setStatus(result)
        return data({ result, metadata: metadata ?? null })
      },
    },
  },
})

function questionOf(given: InputsOf<typeof inputs>) {
  const [query, prompt] = [given.query.trim(), given.prompt.trim()]
  if (query === '' && prompt === '') throw invalid('Either Query or Prompt must be provided.')
  if (query !== '' && prompt !== '') throw invalid("Both Query and Prompt can't be provided at the same time.")
  return {
    url: given.url,
    query: query || null,
    prompt: prompt || null,
    params: {
      mode: given.mode,
      wait_for: given.wait_for,
      is_scroll_to_bottom_enabled: given.is_scroll_to_bottom_enabled,
      is_screenshot_enabled: given.is_screenshot_enabled,
    },
    metadata: { experimental_stealth_mode_enabled: given.is_stealth_mode_enabled },
  }
}

const invalid = (why: string): AppError => new AppError('invalid_field', [why])

function refusal({ status, text }: ServiceAnswer): string {
  if (status === 401) return 'Please, provide a valid API Key. You can create one at https://dev.agentql.com.'
  try {
    const body: unknown = JSON.parse(text)
    const said = isObject(body) ? (body.error_info ?? body.detail) : undefined
    if (typeof said === 'string') return said
  } catch {
    // Not JSON: the text itself is what is said.
  }
  return `HTTP error occurred: ${status} - ${text.slice(0, 2000)}`
}
