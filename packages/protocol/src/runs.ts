import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleSessionId } from './examples.ts'
import { isObject, type JsonObject } from './json.ts'
import { queryBoolean } from './query.ts'
import { exampleAdvancedAnswer, exampleRunAnswer } from './run-examples.ts'

const InputType = z.enum(['chat', 'text', 'any'])
const OutputType = z.enum(['chat', 'text', 'any', 'debug'])

/** An object kept as it is; its keys are never copied, so that none of them can reach a prototype. */
const OpenObject = z
  .custom<JsonObject>(isObject, { message: 'Input should be a valid dictionary', params: { type: 'dict_type' } })
  .meta({ wire: { type: 'object', additionalProperties: true } })

const RunFields = z.object({
  input_value: z.string().nullish(),
  /** An alias of `input_value` in an old example of the documentation. */
  message: z.string().nullish(),
  input_type: InputType.nullish().transform((type) => (type === undefined ? 'chat' : type)),
  output_type: OutputType.nullish().transform((type) => (type === undefined ? 'chat' : type)),
  output_component: z.string().nullish(),
  tweaks: OpenObject.nullish(),
  session_id: z.string().max(1000).nullish(),
})

/** The body of a run: its fields, or `{"input_request": {fields}, "context": …}`, or nothing at all. */
export const RunBody = z
  .preprocess((given) => {
    if (given === undefined || given === null) return {}
    if (isObject(given) && 'input_request' in given) return given.input_request ?? {}
    return given
  }, RunFields)
  .transform(({ message, input_value, ...rest }) => ({ ...rest, input_value: input_value ?? message ?? null }))
  .meta({
    wire: {
      type: 'object',
      properties: {
        input_value: { type: ['string', 'null'], description: 'The text of the input' },
        input_type: { enum: ['chat', 'text', 'any', null], default: 'chat' },
        output_type: { enum: ['chat', 'text', 'any', 'debug', null], default: 'chat' },
        output_component: {
          type: ['string', 'null'],
          description: 'Id or display name of the only node to answer with',
        },
        tweaks: { type: ['object', 'null'], additionalProperties: true, description: 'Field values by node and field' },
        session_id: { type: ['string', 'null'], description: "The conversation; the flow's id unless given" },
      },
    },
  })
export type RunBody = z.output<typeof RunBody>

const ResultData = z.looseObject({
  results: z.looseObject({}),
  artifacts: z.looseObject({}),
  outputs: z.looseObject({}),
  component_display_name: z.string(),
  component_id: z.string(),
})

export const RunResponse = z.object({
  session_id: z.string(),
  outputs: z.array(
    z.object({
      inputs: z.looseObject({ input_value: z.string().optional() }),
      outputs: z.array(ResultData.nullable()),
    }),
  ),
})
export type RunResponse = z.output<typeof RunResponse>

const exampleRun = {
  input_value: 'Tell me about something interesting!',
  session_id: exampleSessionId,
  input_type: 'chat',
  output_type: 'chat',
  output_component: '',
  tweaks: null,
}

const runErrors = {
  400: 'The input was given twice: as input_value and as a tweak',
  404: 'No flow of yours has this id or endpoint name',
  500: 'The run failed; detail is the text of a JSON object with message and code',
}

export const runFlow = defineEndpoint({
  method: 'POST',
  path: '/api/v1/run/:flow_id_or_name',
  tag: 'Run',
  summary: 'Run a flow and answer with its outputs, or stream its events',
  role: 'runner',
  access: 'key',
  keyScope: 'run',
  params: z.object({ flow_id_or_name: z.string() }),
  query: z.object({ stream: queryBoolean(false), user_id: z.string().optional() }),
  body: RunBody,
  response: RunResponse,
  examples: { body: exampleRun, response: exampleRunAnswer },
  errors: runErrors,
})

/** As `runFlow`, for callers with a session of the web app. */
export const runFlowInSession = defineEndpoint({
  ...runFlow,
  path: '/api/v1/run/session/:flow_id_or_name',
  access: 'user',
})

const AdvancedInput = z.strictObject({
  components: z.array(z.string()).nullish(),
  input_value: z.string().nullish(),
  session: z.string().max(1000).nullish(),
  type: InputType.nullish(),
  client_request_time: z.number().int().nullish(),
})

export const runFlowAdvanced = defineEndpoint({
  method: 'POST',
  path: '/api/v1/run/advanced/:flow_id_or_name',
  tag: 'Run',
  summary: 'Run a flow once for each of several inputs',
  role: 'runner',
  access: 'key',
  keyScope: 'run',
  params: z.object({ flow_id_or_name: z.string() }),
  body: z.preprocess(
    (given) => given ?? {},
    z.object({
      inputs: z.array(AdvancedInput).nullish(),
      outputs: z.array(z.string()).nullish(),
      tweaks: OpenObject.nullish(),
      stream: z.boolean().nullish(),
      session_id: z.string().max(1000).nullish(),
    }),
  ),
  response: RunResponse,
  examples: {
    body: {
      inputs: [{ components: [], input_value: exampleRun.input_value, type: 'chat' }],
      outputs: [],
      tweaks: {},
      session_id: exampleSessionId,
    },
    response: exampleAdvancedAnswer,
  },
  errors: runErrors,
})
