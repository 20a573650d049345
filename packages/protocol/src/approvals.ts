import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleJobId } from './examples.ts'
import { isObject, type JsonObject } from './json.ts'

const Arguments = z
  .custom<JsonObject>(isObject, { message: 'Input should be a valid dictionary', params: { type: 'dict_type' } })
  .meta({ wire: { type: 'object', additionalProperties: true } })

/** What somebody decides about a call of a tool that waits for them. */
export const ApprovalBody = z.discriminatedUnion('action_id', [
  z.object({ action_id: z.literal('approve') }),
  /** Calls the tool with other arguments. */
  z.object({ action_id: z.literal('edit'), input: Arguments }),
  /** Does not call it; the model is told so, and why. */
  z.object({ action_id: z.literal('reject'), text: z.string().max(10_000).default('') }),
  /** Does not call it; the model is told this in its place. */
  z.object({ action_id: z.literal('respond'), text: z.string().max(100_000) }),
])
export type ApprovalBody = z.output<typeof ApprovalBody>

export const decideApproval = defineEndpoint({
  method: 'POST',
  path: '/api/v1/approvals/:request_id',
  tag: 'Build',
  summary: 'Decide whether an agent may call a tool it asks about, and with which arguments',
  access: 'user',
  params: z.object({ request_id: z.string() }),
  body: ApprovalBody,
  response: z.object({ request_id: z.string(), action_id: z.string() }),
  examples: {
    body: { action_id: 'approve' },
    response: { request_id: exampleJobId, action_id: 'approve' },
  },
  errors: {
    409: 'Nobody waits for this decision: it was made, the run has ended, or it is of another user',
    422: 'This call cannot be decided in that way',
  },
})
