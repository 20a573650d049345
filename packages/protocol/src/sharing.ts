import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { Uuid } from './identifiers.ts'
import { SITE } from './site.ts'

/** How much visitors of a public flow learn of the steps of an agent: nothing, what they are called, or all of them. */
export const AgentSteps = z.enum(['none', 'titles', 'full'])
export type AgentSteps = z.output<typeof AgentSteps>

/** What visitors of a public flow are shown beside its answers, and where. */
export const Sharing = z.object({
  agent_steps: AgentSteps.default('titles'),
  /** Whether the page says what it was built with. */
  built_with: z.boolean().default(true),
  /** The sites whose pages may show the chat inside of theirs; empty for all. */
  embedded_in: z.array(z.string().max(300).regex(SITE)).max(50).default([]),
})
export type Sharing = z.output<typeof Sharing>

const common = {
  tag: 'Flows',
  access: 'user',
  path: '/api/v1/flows/:flow_id/sharing',
  params: z.object({ flow_id: Uuid }),
  response: Sharing,
  examples: { response: { agent_steps: 'titles', built_with: true, embedded_in: [] } },
  errors: { 404: 'Flow not found' },
} as const

export const readSharing = defineEndpoint({
  ...common,
  method: 'GET',
  summary: 'Read what visitors of a flow are shown once it is public',
  role: 'viewer',
})

export const updateSharing = defineEndpoint({
  ...common,
  method: 'PUT',
  summary: 'Choose what visitors of a flow are shown once it is public',
  role: 'editor',
  body: Sharing,
  examples: {
    ...common.examples,
    body: { agent_steps: 'none', built_with: false, embedded_in: ['https://shop.example'] },
  },
})
