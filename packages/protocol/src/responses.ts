import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId, exampleSessionId } from './examples.ts'

/** A failure in OpenAI's form, and `detail` for clients of the other endpoints. */
export const ResponseError = z.object({
  error: z.object({ message: z.string(), type: z.string(), code: z.string() }),
  detail: z.unknown(),
})
export type ResponseError = z.output<typeof ResponseError>

/** One turn of a conversation as OpenAI's clients send it. */
const InputItem = z.looseObject({
  type: z.string().nullish(),
  role: z.string().nullish(),
  content: z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().nullish() }))]).nullish(),
})
export type ResponseInputItem = z.output<typeof InputItem>

export const ResponseBody = z.object({
  /** Id or endpoint name of a flow. */
  model: z.string(),
  input: z.union([z.string(), z.array(InputItem)]),
  stream: z.boolean().nullish(),
  /** Taken and without effect: the answer is waited for. */
  background: z.boolean().nullish(),
  tools: z.array(z.unknown()).nullish(),
  /** The conversation to go on with. */
  previous_response_id: z.string().max(1000).nullish(),
  include: z.array(z.string()).nullish(),
})
export type ResponseBody = z.output<typeof ResponseBody>

const OutputItem = z.looseObject({ type: z.string(), id: z.string(), status: z.string() })

const ResponseUsage = z.object({
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  total_tokens: z.number().int(),
})

/** A whole answer. Tool calls stand before the message in `output`. */
export const ResponseAnswer = z.looseObject({
  /** Sent back as `previous_response_id`, it goes on with the conversation. */
  id: z.string(),
  object: z.literal('response'),
  /** Seconds since 1970. */
  created_at: z.number().int(),
  status: z.literal('completed'),
  model: z.string(),
  output: z.array(OutputItem),
  previous_response_id: z.string().nullable(),
  /** Null when no model said how many tokens it read and wrote. */
  usage: ResponseUsage.nullable(),
})
export type ResponseAnswer = z.output<typeof ResponseAnswer>

/** What OpenAI's form has and a flow does not decide. */
export const RESPONSE_DEFAULTS = {
  error: null,
  incomplete_details: null,
  instructions: null,
  max_output_tokens: null,
  parallel_tool_calls: true,
  reasoning: { effort: null, summary: null },
  store: true,
  temperature: 1,
  text: { format: { type: 'text' } },
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  truncation: 'disabled',
  user: null,
  metadata: {},
} as const

export const createResponse = defineEndpoint({
  method: 'POST',
  path: '/api/v1/responses',
  tag: 'Run',
  summary: "Run a flow for a client of OpenAI's Responses API; model is the flow's id or endpoint name",
  role: 'runner',
  access: 'openai',
  keyScope: 'run',
  body: ResponseBody,
  response: ResponseAnswer,
  examples: {
    body: { model: exampleFlowId, input: 'Tell me about something interesting!', stream: false },
    response: {
      id: exampleSessionId,
      object: 'response',
      created_at: 1767635947,
      status: 'completed',
      model: exampleFlowId,
      output: [
        {
          type: 'message',
          id: `msg_${exampleSessionId}`,
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'Octopuses have three hearts.', annotations: [] }],
        },
      ],
      previous_response_id: null,
      usage: { input_tokens: 12, output_tokens: 6, total_tokens: 18 },
      ...RESPONSE_DEFAULTS,
    },
  },
  errors: {
    400: 'The flow has no Chat Input or no Chat Output, or the input holds what a flow cannot be given',
    404: 'No flow of yours has this id or endpoint name',
    500: 'The run failed; error says why',
  },
})
