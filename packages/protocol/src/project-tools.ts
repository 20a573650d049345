import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlow, exampleFlowId, exampleProjectId } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { McpAuthSettings } from './mcp-auth.ts'
import { mcpClients, mcpTransports } from './mcp-clients.ts'
import { queryBoolean } from './query.ts'

const common = { method: 'GET', tag: 'MCP', access: 'user' } as const
const params = z.object({ project_id: Uuid })
const path = '/api/v1/mcp/project/:project_id'
const errors = { 404: 'Project not found' }

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
  response: z.object({ tools: z.array(ProjectTool), auth_settings: McpAuthSettings.nullable() }),
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

/** Why a project cannot be added to a client. */
export const unavailable = ['remote', 'superusers', 'missing'] as const

export const listInstalledClients = defineEndpoint({
  ...common,
  path: `${path}/installed`,
  summary: 'Say which MCP clients of the caller have the project, where the server runs on their machine',
  params,
  response: z.array(
    z.object({
      name: z.string(),
      installed: z.boolean(),
      available: z.boolean(),
      /** Why it cannot be added there: the server is elsewhere, only superusers may, or there is no such program. */
      reason: z.enum(unavailable).nullable(),
    }),
  ),
  errors,
  examples: {
    response: [
      { name: 'cursor', installed: true, available: true, reason: null },
      { name: 'windsurf', installed: false, available: false, reason: 'missing' },
    ],
  },
})

export const installProject = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${path}/install`,
  audit: 'project.install',
  summary: 'Add the project to an MCP client on the machine of the server, for callers on that machine',
  params,
  body: z.object({ client: z.enum(mcpClients), transport: z.enum(mcpTransports).nullish() }),
  response: z.object({ message: z.string() }),
  errors: {
    400: 'The client is not installed, or its settings cannot be read',
    403: 'The caller is not on the machine of the server',
    ...errors,
  },
  examples: {
    body: { client: 'cursor' },
    response: { message: 'Successfully installed MCP configuration for cursor' },
  },
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
