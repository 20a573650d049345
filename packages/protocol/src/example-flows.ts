import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow } from './examples.ts'
import { FlowRead } from './flows.ts'
import { Uuid } from './identifiers.ts'

const exampleStarter = {
  ...exampleFlow,
  description: 'Ask a model with a prompt of your own.',
  icon: 'MessageSquareText',
  updated_at: '1970-01-01T00:00:00+00:00',
  endpoint_name: null,
  name_key: 'basic_prompting',
  user_id: null,
  folder_id: null,
  project_id: null,
}

const ExampleFlowRead = FlowRead.extend({
  name_key: z.string().describe('Its English name as one word, the same in every language'),
})
export type ExampleFlowRead = z.output<typeof ExampleFlowRead>

export const listExampleFlows = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/basic_examples/',
  tag: 'Flows',
  summary: 'List the starter flows, in Chinese for whom `Accept-Language` says so',
  access: 'none',
  response: z.array(ExampleFlowRead),
  examples: { response: [exampleStarter] },
})

export const listStarterProjects = defineEndpoint({
  method: 'GET',
  path: '/api/v1/starter-projects/',
  tag: 'Flows',
  summary: 'List the graphs of the starter flows',
  access: 'user',
  response: z.array(
    z.object({
      name: z.string(),
      description: z.string().nullable(),
      data: z.looseObject({}).nullable(),
      is_component: z.boolean(),
      endpoint_name: z.string().nullable(),
    }),
  ),
  examples: {
    response: [
      {
        name: exampleStarter.name,
        description: exampleStarter.description,
        data: exampleStarter.data,
        is_component: false,
        endpoint_name: null,
      },
    ],
  },
})

export const readPublicFlow = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/public_flow/:flow_id',
  tag: 'Flows',
  summary: 'Read what visitors may know of a flow its owner has made public: its name, and whether it can be talked to',
  access: 'none',
  params: z.object({ flow_id: Uuid }),
  /** With whether the page says what it was built with. */
  response: FlowRead.extend({ built_with: z.boolean() }),
  examples: { response: { ...exampleFlow, access_type: 'PUBLIC', built_with: true } },
  errors: { 403: 'Flow is not public' },
})

export const watchPublicFlow = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/public_flow/:flow_id/watch',
  tag: 'Flows',
  summary:
    'Blank lines as long as a flow is public: the answer ends when its owner stops sharing it, or the server stops',
  access: 'none',
  params: z.object({ flow_id: Uuid }),
  response: z.string(),
  responseType: 'text/event-stream; charset=utf-8',
  errors: { 403: 'Flow is not public' },
})
