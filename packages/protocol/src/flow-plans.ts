import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { FlowDataSchema } from './flow.ts'
import { LONGEST_FLOW_WISH } from './flow-plan-terms.ts'

/** Something a model had in its plan that no flow can have: a component, the value of a field, a connection. */
export const LeftOut = z.object({
  kind: z.enum(['component', 'field', 'connection']),
  /** What it is of, by the name people know, or by the model's own where there is no such component. */
  component: z.string(),
  /** The field, or the output the connection was to begin at; null for a whole component. */
  name: z.string().nullable(),
  /** Where the connection was to end. */
  target: z.string().nullable(),
  input: z.string().nullable(),
  why: z.enum(['unknown', 'secret', 'value', 'types', 'taken', 'cycle', 'single']),
})
export type LeftOut = z.output<typeof LeftOut>

export const planFlow = defineEndpoint({
  method: 'POST',
  path: '/api/v1/flow-plans',
  tag: 'Flows',
  summary: 'Have your default language model draw a flow from a description; nothing is stored or run',
  access: 'user',
  body: z.object({ description: z.string().trim().min(1).max(LONGEST_FLOW_WISH) }),
  response: z.object({
    name: z.string(),
    description: z.string(),
    data: FlowDataSchema,
    left_out: z.array(LeftOut),
    model: z.object({ provider: z.string(), name: z.string() }),
  }),
  examples: {
    body: { description: 'Summarise the web page I send, in three sentences.' },
    response: {
      name: 'Page summary',
      description: 'Summarises a web page in three sentences.',
      data: { nodes: [], edges: [] },
      left_out: [
        {
          kind: 'connection',
          component: 'Chat Input',
          name: 'message',
          target: 'Agent',
          input: 'tools',
          why: 'types',
        },
      ],
      model: { provider: 'OpenAI', name: 'gpt-4o-mini' },
    },
  },
  errors: {
    400: 'No language model is set up',
    429: 'Too many flows were described',
    502: 'The model answered with no plan of a flow',
  },
})
