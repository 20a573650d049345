import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleUserId } from './examples.ts'
import { Uuid } from './identifiers.ts'

const Access = z.enum(['manage', 'run'])
const Ids = z.array(Uuid).min(1).max(1000).nullish()

/** What a key may do; whatever is left out is not limited. */
export const KeyLimitsBody = z.object({
  /** `run`: only run flows; `manage`: all that its user may. */
  access: Access.nullish(),
  /** Only these flows, and those in these projects. */
  flow_ids: Ids,
  project_ids: Ids,
  /** Only from these addresses and networks: `10.0.0.1`, `10.0.0.0/8`. */
  addresses: z.array(z.string().min(1).max(100)).min(1).max(100).nullish(),
  /** Calls of published flows a second; as the server is set unless given, 0: no limit. */
  rate_limit: z.number().min(0).max(100_000).nullish(),
})
export type KeyLimitsBody = z.output<typeof KeyLimitsBody>

export const ApiKeyRead = z.object({
  name: z.string().nullable(),
  last_used_at: z.string().nullable(),
  total_uses: z.number().int(),
  is_active: z.boolean(),
  expires_at: z.string().nullable(),
  id: z.string(),
  /** Masked: the first eight characters, then asterisks. */
  api_key: z.string(),
  /** Null for a key of an earlier release. */
  last_four: z.string().nullable(),
  user_id: z.string(),
  created_at: z.string(),
  access: Access,
  flow_ids: z.array(z.string()).nullable(),
  project_ids: z.array(z.string()).nullable(),
  addresses: z.array(z.string()).nullable(),
  rate_limit: z.number().nullable(),
})

const exampleKey = {
  name: 'My key',
  last_used_at: null,
  total_uses: 0,
  is_active: true,
  expires_at: null,
  id: 'b74ab634-eb2a-4f11-abfb-441372ce89cf',
  api_key: 'sk-01234**************************************',
  last_four: 'WxYz',
  user_id: exampleUserId,
  created_at: '2026-01-05T17:59:07.855000',
  access: 'manage' as const,
  flow_ids: null,
  project_ids: null,
  addresses: null,
  rate_limit: null,
}

export const listApiKeys = defineEndpoint({
  method: 'GET',
  path: '/api/v1/api_key/',
  tag: 'API Keys',
  summary: 'List your API keys, masked',
  access: 'user',
  response: z.object({ total_count: z.number().int(), user_id: z.string(), api_keys: z.array(ApiKeyRead) }),
  examples: { response: { total_count: 1, user_id: exampleUserId, api_keys: [exampleKey] } },
})

export const createApiKey = defineEndpoint({
  method: 'POST',
  path: '/api/v1/api_key/',
  audit: 'api_key.create',
  tag: 'API Keys',
  summary: 'Create an API key; the answer is the only place that shows it',
  access: 'user',
  body: KeyLimitsBody.extend({ name: z.string().nullish(), expires_at: z.string().nullish() }),
  response: ApiKeyRead,
  examples: { body: { name: 'My key' }, response: { ...exampleKey, api_key: 'sk-01234…' } },
})

export const updateApiKey = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/api_key/:api_key_id',
  audit: 'api_key.update',
  tag: 'API Keys',
  summary: 'Change the name, the state, the expiry or the limits of one of your API keys; null takes a limit away',
  access: 'user',
  params: z.object({ api_key_id: Uuid }),
  body: KeyLimitsBody.extend({
    name: z.string().nullish(),
    is_active: z.boolean().optional(),
    expires_at: z.string().nullish(),
  }),
  response: ApiKeyRead,
  examples: {
    body: { name: 'The shop', access: 'run' },
    response: { ...exampleKey, name: 'The shop', access: 'run' as const },
  },
  errors: { 400: 'API Key not found' },
})

export const rotateApiKey = defineEndpoint({
  method: 'POST',
  path: '/api/v1/api_key/:api_key_id/rotate',
  audit: 'api_key.rotate',
  tag: 'API Keys',
  summary:
    'Give one of your API keys a new secret; the old one ends at once, the answer is the only place that shows the new',
  access: 'user',
  params: z.object({ api_key_id: Uuid }),
  response: ApiKeyRead,
  examples: { response: { ...exampleKey, api_key: 'sk-01234…' } },
  errors: { 400: 'API Key not found' },
})

export const deleteApiKey = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/api_key/:api_key_id',
  audit: 'api_key.delete',
  tag: 'API Keys',
  summary: 'Delete one of your API keys',
  access: 'user',
  params: z.object({ api_key_id: Uuid }),
  response: z.object({ detail: z.string() }),
  examples: { response: { detail: 'API Key deleted' } },
  errors: { 400: 'API Key not found' },
})
