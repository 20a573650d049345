import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { FlowRead } from './flows.ts'
import { Uuid } from './identifiers.ts'

export const listExampleFlows = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/basic_examples/',
  tag: 'Flows',
  summary: 'List the starter flows',
  access: 'none',
  response: z.array(FlowRead),
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
})

export const readPublicFlow = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/public_flow/:flow_id',
  tag: 'Flows',
  summary: 'Read a flow its owner has made public, without its secrets',
  access: 'none',
  params: z.object({ flow_id: Uuid }),
  response: FlowRead,
  errors: { 403: 'Flow is not public' },
})
