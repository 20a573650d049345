import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow } from './examples.ts'

export const FlowUseKind = z.enum(['knowledge_base', 'variable', 'file', 'mcp_server'])
export type FlowUseKind = z.output<typeof FlowUseKind>

export const listFlowUses = defineEndpoint({
  method: 'GET',
  path: '/api/v1/flows/using',
  tag: 'Flows',
  summary: 'List your flows that use things of a kind, by their names; a file is named by its path',
  access: 'user',
  query: z.object({ kind: FlowUseKind, name: z.array(z.string().min(1).max(1000)).max(1000) }),
  response: z.array(z.object({ id: z.string(), name: z.string(), uses: z.array(z.string()) })),
  examples: { response: [{ id: exampleFlow.id, name: exampleFlow.name, uses: ['manuals'] }] },
})
