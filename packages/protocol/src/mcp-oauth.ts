import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleProjectId } from './examples.ts'
import { Uuid } from './identifiers.ts'

// A project whose MCP server asks for a sign-in is a protected resource, and its own authorization server (RFC 6749,
// 7591, 7636, 8414, 9728). The forms of these answers are those documents', not ours.

const common = { tag: 'MCP', access: 'none', params: z.object({ project_id: Uuid }) } as const
const none = { 404: 'Project not found' }
const PROJECT = '/api/v1/mcp/project/:project_id'
const OAUTH = `${PROJECT}/oauth`
const RESOURCE = `/.well-known/oauth-protected-resource${PROJECT}`
const exampleIssuer = `https://runnel.example.com/api/v1/mcp/project/${exampleProjectId}`

const describeResource = {
  ...common,
  method: 'GET',
  summary: 'Where clients of the MCP server of a project sign in',
  response: z.looseObject({ resource: z.string(), authorization_servers: z.array(z.string()) }),
  errors: none,
  examples: { response: { resource: exampleIssuer, authorization_servers: [exampleIssuer] } },
} as const

export const readProtectedResource = defineEndpoint({ ...describeResource, path: RESOURCE })
/** The same, found by the address of either transport. */
export const readProtectedStreamable = defineEndpoint({ ...describeResource, path: `${RESOURCE}/streamable` })
export const readProtectedStream = defineEndpoint({ ...describeResource, path: `${RESOURCE}/sse` })

export const readAuthorizationServer = defineEndpoint({
  ...common,
  method: 'GET',
  path: `/.well-known/oauth-authorization-server${PROJECT}`,
  summary: 'How clients of the MCP server of a project sign in',
  response: z.looseObject({ issuer: z.string(), authorization_endpoint: z.string(), token_endpoint: z.string() }),
  errors: none,
  examples: {
    response: {
      issuer: exampleIssuer,
      authorization_endpoint: `${exampleIssuer}/oauth/authorize`,
      token_endpoint: `${exampleIssuer}/oauth/token`,
    },
  },
})

export const registerMcpClient = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${OAUTH}/register`,
  summary: 'Register a client of the MCP server of a project',
  body: z.looseObject({ redirect_uris: z.array(z.string()), client_name: z.string().optional() }),
  status: 201,
  response: z.looseObject({ client_id: z.string() }),
  errors: { 400: 'The redirect addresses are none that can be used', ...none, 429: 'Too many requests' },
  examples: {
    body: { redirect_uris: ['http://127.0.0.1:33418/callback'], client_name: 'An editor' },
    response: { client_id: 'gcm1.…', redirect_uris: ['http://127.0.0.1:33418/callback'] },
  },
})

const html = { response: z.string(), responseType: 'text/html; charset=utf-8' } as const

export const authorizeMcpClient = defineEndpoint({
  ...common,
  ...html,
  method: 'GET',
  path: `${OAUTH}/authorize`,
  summary: 'Ask a person whether a client may use the MCP server of a project, before they sign in',
  query: z.record(z.string(), z.string()),
  errors: { 400: 'The client, or where it wants the answer, is not known', ...none, 429: 'Too many requests' },
})

const callback = {
  ...common,
  ...html,
  method: 'GET',
  summary: 'Where the provider sends people back to after they have signed in',
  query: z.record(z.string(), z.string()),
  errors: { 400: 'The sign-in was not begun in this browser, or too long ago', ...none },
} as const
export const returnFromProvider = defineEndpoint({ ...callback, path: `${OAUTH}/callback` })
/** For providers that know a path of the owner's choice. */
export const returnFromProviderAt = defineEndpoint({
  ...callback,
  path: '/auth/:provider/callback',
  params: z.object({ provider: z.string() }),
})

export const issueMcpToken = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${OAUTH}/token`,
  summary: 'Give a client its tokens, for the code of a sign-in or a refresh token',
  bodyType: 'form',
  body: z.record(z.string(), z.string()),
  response: z.looseObject({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.number() }),
  errors: { 400: 'The code or token is not good', ...none, 429: 'Too many requests' },
  examples: {
    body: { grant_type: 'refresh_token', refresh_token: 'gcm1.…', client_id: 'gcm1.…' },
    response: { access_token: 'gcm1.…', token_type: 'Bearer', expires_in: 3600, refresh_token: 'gcm1.…' },
  },
})

export const revokeMcpToken = defineEndpoint({
  ...common,
  method: 'POST',
  path: `${OAUTH}/revoke`,
  summary: 'End what a client was granted',
  bodyType: 'form',
  body: z.record(z.string(), z.string()),
  response: z.object({}),
  errors: none,
  examples: { body: { token: 'gcm1.…' }, response: {} },
})
