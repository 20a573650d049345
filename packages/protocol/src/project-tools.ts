import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow, exampleFlowId, exampleProjectId } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { McpAuthSettings } from './mcp-auth.ts'
import { queryBoolean } from './query.ts'

const common = { method: 'GET', tag: 'MCP', access: 'user' } as const
const params = z.object({ project_id: Uuid })
const path = '/api/v1/mcp/project/:project_id'
const errors = { 404: 'Project not found' }

/** Programs on a desk that Langflow can add a project to. */
export const mcpClients = ['cursor', 'windsurf', 'claude'] as const

export const ProjectTool = z.object({
  id: z.string(),
  mcp_enabled: z.boolean(),
  action_name: z.string().nullable(),
  action_description: z.string().nullable(),
  name: z.string(),
  description: z.string().nullable(),
})

export const listProjectTools = defineEndpoint({
  ...common,
  path,
  summary: 'List the flows of a project that are tools, or with mcp_enabled=false all of them',
  params,
  query: z.object({ mcp_enabled: queryBoolean(true) }),
  response: z.object({ tools: z.array(ProjectTool), auth_settings: z.looseObject({}).nullable() }),
  errors,
  examples: {
    response: {
      tools: [
        {
          id: exampleFlowId,
          mcp_enabled: true,
          action_name: 'ask_pirate',
          action_description: 'Answers a question in the manner of a pirate.',
          name: exampleFlow.name,
          description: exampleFlow.description,
        },
      ],
      auth_settings: null,
    },
  },
})

export const updateProjectTools = defineEndpoint({
  ...common,
  audit: 'project.update_tools',
  method: 'PATCH',
  path,
  summary: 'Choose which flows of a project are tools, and what the tools are called',
  params,
  body: z.object({
    settings: z
      .array(
        z.object({
          id: Uuid,
          mcp_enabled: z.boolean().nullish(),
          action_name: z.string().max(200).nullish(),
          action_description: z.string().max(10_000).nullish(),
        }),
      )
      .max(10_000),
    auth_settings: McpAuthSettings.nullish(),
  }),
  response: z.object({ message: z.string() }),
  errors,
  examples: {
    body: { settings: [{ id: exampleFlowId, mcp_enabled: true, action_name: 'ask_pirate' }] },
    response: { message: 'Updated MCP settings for 1 flows' },
  },
})

export const listInstalledClients = defineEndpoint({
  ...common,
  path: `${path}/installed`,
  summary: 'Say which MCP clients of this machine have the project; the server looks at none',
  params,
  response: z.array(z.object({ name: z.string(), installed: z.boolean(), available: z.boolean() })),
  errors,
  examples: {
    response: [
      { name: 'cursor', installed: false, available: false },
      { name: 'windsurf', installed: false, available: false },
      { name: 'claude', installed: false, available: false },
    ],
  },
})

export const installProject = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/install`,
  summary: 'Refused: the server writes no settings of MCP clients',
  params,
  body: z.object({ client: z.enum(mcpClients), transport: z.enum(['sse', 'streamablehttp']).nullish() }),
  response: z.never(),
  errors: { 400: 'This server does not write the settings of other programs', ...errors },
  examples: { body: { client: 'cursor' } },
})

export const readComposerUrl = defineEndpoint({
  ...common,
  path: `${path}/composer-url`,
  summary: 'Where the composer of a project is reached; there is none',
  params,
  response: z.object({ project_id: z.string(), uses_composer: z.boolean(), error_message: z.string().nullable() }),
  errors,
  examples: {
    response: {
      project_id: exampleProjectId,
      uses_composer: false,
      error_message: 'MCP Composer is only available for projects with MCP Composer enabled and OAuth authentication',
    },
  },
})
