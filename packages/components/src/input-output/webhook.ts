import { isObject } from '@runnel/protocol/json'
import { type Data, data, defineComponent, field } from '@runnel/sdk'

export const webhook = defineComponent({
  type: 'Webhook',
  aliases: ['WebhookComponent'],
  displayName: 'Webhook',
  description: 'Starts the flow when another program posts to its address, and gives what was posted.',
  icon: 'webhook',
  category: 'input_output',
  documentation: 'https://docs.langflow.org/component-webhook',
  role: 'input',
  inputs: {
    data: field.multiline({ label: 'Payload', info: 'The body of the request that started the run.', advanced: true }),
    curl: field.multiline({ label: 'cURL', accepts: [], default: 'CURL_WEBHOOK', advanced: true }),
    endpoint: field.multiline({
      label: 'Endpoint',
      accepts: [],
      default: 'BACKEND_URL',
      extra: { copy_field: true },
    }),
  },
  outputs: {
    output_data: {
      type: 'Data',
      label: 'JSON',
      method: 'build_data',
      run({ inputs, context }) {
        if (inputs.data === '') context.setStatus('No data provided.')
        return dataOf(inputs.data)
      },
    },
  },
})

/** The entries of a JSON object; any other text under `payload`, as it came; nothing for a blank one. */
function dataOf(body: string): Data {
  if (body.trim() === '') return data({})
  const parsed = parsedJson(body) ?? parsedJson(withEscapedBreaks(body))
  return data(isObject(parsed) ? parsed : { payload: body })
}

/** Undefined for what is no JSON: a webhook may post any text. */
function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const BREAKS: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * Templates of other programs put texts into JSON as they are: lines may end in the middle of a string. One pass, so
 * that long bodies take their time but once.
 */
function withEscapedBreaks(body: string): string {
  let inString = false
  return body.replace(/\\.|["\n\r\t]/gs, (found) => {
    if (found === '"') inString = !inString
    return inString ? (BREAKS[found] ?? found) : found
  })
}
