import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow, exampleUser } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { JsonPatchStep } from './json-patch-step.ts'

const flow = z.object({ flow_id: Uuid })
const noFlow = { 404: 'Flow not found' }

export const patchGraph = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/flows/:flow_id/graph',
  tag: 'Flows',
  summary: 'Change parts of the graph of a flow by a JSON patch (RFC 6902: add, replace, remove); wants If-Match',
  role: 'editor',
  access: 'user',
  params: flow,
  body: z.object({ patch: z.array(JsonPatchStep).max(100_000) }),
  response: z.object({ version_token: z.string(), updated_at: z.string() }),
  examples: {
    body: {
      patch: [{ op: 'replace', path: '/nodes/0/data/node/template/input_value/value', value: 'Hello' }],
    },
    response: { version_token: exampleFlow.version_token, updated_at: exampleFlow.updated_at },
  },
  errors: {
    ...noFlow,
    409: 'The flow was changed in the meantime',
    422: 'The patch does not fit the graph',
    423: 'Flow is locked. Unlock it before making changes.',
    428: 'No If-Match header was sent',
  },
})

const FlowEventType = z.enum([
  'component_added',
  'component_removed',
  'component_configured',
  'connection_added',
  'connection_removed',
  'flow_updated',
  'flow_settled',
])

export const FlowEvent = z.object({
  type: FlowEventType,
  /** Epoch seconds, with fractions. */
  timestamp: z.number(),
  summary: z.string(),
  /** Who wrote, and with which API key. */
  author: z.string().optional(),
  /** Of a saved graph: the token of what it became. */
  version_token: z.string().optional(),
})
export type FlowEvent = z.output<typeof FlowEvent>

const exampleEvent = {
  type: 'flow_updated',
  timestamp: 1_767_636_000.25,
  summary: 'The flow was saved',
  author: exampleUser.username,
  version_token: exampleFlow.version_token,
} as const

export const listFlowEvents = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/:flow_id/events',
  tag: 'Flows',
  summary: 'Read what was done to a flow within the last minute',
  role: 'viewer',
  access: 'user',
  params: flow,
  /** Epoch seconds: only events after it. */
  query: z.object({ since: z.coerce.number().default(0) }),
  response: z.object({ events: z.array(FlowEvent), settled: z.boolean() }),
  examples: { response: { events: [exampleEvent], settled: true } },
  errors: noFlow,
})

export const addFlowEvent = defineEndpoint({
  method: 'POST',
  path: '/api/v1/flows/:flow_id/events',
  tag: 'Flows',
  summary: 'Tell those who have a flow open what is being done to it',
  role: 'editor',
  access: 'user',
  params: flow,
  body: z.object({ type: FlowEventType, summary: z.string().max(500).default('') }),
  status: 201,
  response: FlowEvent,
  examples: {
    body: { type: 'component_added', summary: 'Added a Chat Input' },
    response: { type: 'component_added', timestamp: 1_767_636_000.25, summary: 'Added a Chat Input', author: 'ada' },
  },
  errors: noFlow,
})
