import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
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

export const listApiKeys = defineEndpoint({
  method: 'GET',
  path: '/api/v1/api_key/',
  tag: 'API Keys',
  summary: 'List your API keys, masked',
  access: 'user',
  response: z.object({ total_count: z.number().int(), user_id: z.string(), api_keys: z.array(ApiKeyRead) }),
})

export const createApiKey = defineEndpoint({
  method: 'POST',
  path: '/api/v1/api_key/',
  tag: 'API Keys',
  summary: 'Create an API key; the answer is the only place that shows it',
  access: 'user',
  body: z.object({ name: z.string().nullish(), expires_at: z.string().nullish() }),
  response: ApiKeyRead,
  examples: { body: { name: 'My key' } },
})

export const deleteApiKey = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/api_key/:api_key_id',
  tag: 'API Keys',
  summary: 'Delete one of your API keys',
  access: 'user',
  params: z.object({ api_key_id: Uuid }),
  response: z.object({ detail: z.string() }),
  errors: { 400: 'API Key not found' },
})
