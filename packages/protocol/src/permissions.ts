import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId } from './examples.ts'

export const readPermissions = defineEndpoint({
  method: 'POST',
  path: '/api/v1/authz/me/permissions',
  tag: 'Users',
  summary:
    'Say what you may do with flows or projects: everything with your own, what your role allows with shared ones',
  access: 'user',
  body: z.object({
    resource_type: z.string().max(50),
    resource_ids: z.array(z.string().max(100)).max(1000),
    actions: z.array(z.string().max(50)).max(50).nullish(),
  }),
  response: z.object({ resource_type: z.string(), permissions: z.record(z.string(), z.array(z.string())) }),
  examples: {
    body: { resource_type: 'flow', resource_ids: [exampleFlowId] },
    response: {
      resource_type: 'flow',
      permissions: { [exampleFlowId]: ['read', 'write', 'execute', 'delete', 'deploy'] },
    },
  },
})
