import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId, exampleJobId } from './examples.ts'

export const WebhookAnswer = z.object({
  message: z.string(),
  status: z.string(),
  /** The run; `GET /api/v1/task/{task_id}` tells how it goes. */
  task_id: z.string(),
  flow_id: z.string(),
})
export type WebhookAnswer = z.output<typeof WebhookAnswer>

/** The body is any text, handed to the flow as it is; so it has no schema. */
export const startWebhook = defineEndpoint({
  method: 'POST',
  path: '/api/v1/webhook/:flow_id_or_name',
  tag: 'Run',
  summary: 'Start a flow in the background with the body of the request',
  role: 'runner',
  // On this machine no key is needed: the handler finds out itself who calls.
  access: 'none',
  keyScope: 'run',
  params: z.object({ flow_id_or_name: z.string() }),
  query: z.object({ user_id: z.string().optional() }),
  status: 202,
  response: WebhookAnswer,
  examples: {
    response: {
      message: 'Task started in the background',
      status: 'in progress',
      task_id: exampleJobId,
      flow_id: exampleFlowId,
    },
  },
  errors: {
    400: 'The body is empty',
    403: 'No valid API key of the owner was sent',
    404: 'No flow of yours has this id or endpoint name',
    409: 'The Idempotency-Key was used before with another body',
    413: 'The body is too large',
    503: 'The queue of runs is full, or the server is shutting down',
  },
})
