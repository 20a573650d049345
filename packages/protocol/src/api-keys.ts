import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleUserId } from './examples.ts'
import { Uuid } from './identifiers.ts'

export const ApiKeyRead = z.object({
  name: z.string().nullable(),
  last_used_at: z.string().nullable(),
  total_uses: z.number().int(),
  is_active: z.boolean(),
  expires_at: z.string().nullable(),
  id: z.string(),
  /** Masked: the first eight characters, then asterisks. */
  api_key: z.string(),
  user_id: z.string(),
  created_at: z.string(),
})

const exampleKey = {
  name: 'My key',
  last_used_at: null,
  total_uses: 0,
  is_active: true,
  expires_at: null,
  id: 'b74ab634-eb2a-4f11-abfb-441372ce89cf',
  api_key: 'sk-01234**************************************',
  user_id: exampleUserId,
  created_at: '2026-01-05T17:59:07.855000',
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
  tag: 'API Keys',
  summary: 'Create an API key; the answer is the only place that shows it',
  access: 'user',
  body: z.object({ name: z.string().nullish(), expires_at: z.string().nullish() }),
  response: ApiKeyRead,
  examples: { body: { name: 'My key' }, response: { ...exampleKey, api_key: 'sk-01234…' } },
})

export const deleteApiKey = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/api_key/:api_key_id',
  tag: 'API Keys',
  summary: 'Delete one of your API keys',
  access: 'user',
  params: z.object({ api_key_id: Uuid }),
  response: z.object({ detail: z.string() }),
  examples: { response: { detail: 'API Key deleted' } },
  errors: { 400: 'API Key not found' },
})
