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

/** The entries of a JSON object; any other body under `payload`; nothing for an empty one. */
function dataOf(body: string): Data {
  if (body === '') return data({})
  // A webhook may post any text: what is no JSON is passed on as it came.
  const parsed = parsedJson(body)
  return data(isObject(parsed) ? parsed : { payload: parsed })
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
