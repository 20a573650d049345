import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowBody, exampleGraph, exampleSecondFlow, exampleUser } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { PageNumber, PageSize, queryBoolean } from './query.ts'

const open = { method: 'GET', tag: 'Store', access: 'none' } as const
const own = { method: 'GET', tag: 'Store', access: 'user' } as const
const params = z.object({ component_id: Uuid })
const noKey = { 400: 'You must have a store API key set.' }
const anything = z.looseObject({})

export const checkStore = defineEndpoint({
  ...open,
  path: '/api/v1/store/check/',
  summary: 'Is there a store? There is none',
  response: z.object({ enabled: z.boolean() }),
  examples: { response: { enabled: false } },
})

export const checkStoreKey = defineEndpoint({
  ...own,
  path: '/api/v1/store/check/api_key',
  summary: 'Is there a key for the store, and does the store accept it?',
  response: z.object({ has_api_key: z.boolean(), is_valid: z.boolean() }),
  examples: { response: { has_api_key: true, is_valid: false } },
})

export const saveStoreKey = defineEndpoint({
  ...own,
  method: 'POST',
  path: '/api/v1/api_key/store',
  tag: 'API Keys',
  summary: 'Save a key for the store',
  body: z.object({ api_key: z.string().min(1).max(1000) }),
  response: z.object({ detail: z.string() }),
  examples: { body: { api_key: 'key' }, response: { detail: 'API Key saved' } },
})

export const listStoreTags = defineEndpoint({
  ...open,
  path: '/api/v1/store/tags',
  summary: 'List the tags of the store',
  response: z.array(z.object({ id: z.string(), name: z.string() })),
  examples: { response: [] },
})

export const StoreItem = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  is_component: z.boolean(),
  liked_by_user: z.boolean(),
  likes_count: z.number().int(),
  downloads_count: z.number().int(),
  tags: z.array(z.unknown()),
  metadata: anything,
  user_created: z.object({ username: z.string() }),
  last_tested_version: z.string().nullable(),
  private: z.boolean(),
  parent: z.string().nullable(),
})

export const listStoreComponents = defineEndpoint({
  ...own,
  path: '/api/v1/store/components/',
  summary: 'List your saved components',
  query: z.object({
    component_id: z.string().nullish(),
    search: z.string().nullish(),
    is_component: queryBoolean(true),
    page: PageNumber.default(1),
    limit: PageSize.default(10),
  }),
  response: z.object({ count: z.number().int(), authorized: z.boolean(), results: z.array(StoreItem) }),
  examples: {
    response: {
      count: 1,
      authorized: false,
      results: [
        {
          id: exampleSecondFlow.id,
          name: 'My calculator',
          description: null,
          is_component: true,
          liked_by_user: false,
          likes_count: 0,
          downloads_count: 0,
          tags: [],
          metadata: {},
          user_created: { username: exampleUser.username },
          last_tested_version: null,
          private: true,
          parent: null,
        },
      ],
    },
  },
})

export const readStoreComponent = defineEndpoint({
  ...own,
  path: '/api/v1/store/components/:component_id',
  summary: 'Read one of your saved components',
  params,
  response: z.object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    data: anything.nullable(),
    is_component: z.boolean(),
    metadata: anything,
  }),
  examples: {
    response: {
      id: exampleSecondFlow.id,
      name: 'My calculator',
      description: null,
      data: exampleGraph,
      is_component: true,
      metadata: {},
    },
  },
  errors: { 404: 'Flow not found' },
})

export const publishStoreComponent = defineEndpoint({
  ...own,
  method: 'POST',
  path: '/api/v1/store/components/',
  summary: 'Publish to the store',
  body: anything,
  status: 201,
  response: z.never(),
  examples: { body: exampleFlowBody },
  errors: noKey,
})

export const updateStoreComponent = defineEndpoint({
  ...own,
  method: 'PATCH',
  path: '/api/v1/store/components/:component_id',
  summary: 'Change what was published',
  params,
  body: anything,
  status: 201,
  response: z.never(),
  examples: { body: exampleFlowBody },
  errors: noKey,
})

export const listStoreLikes = defineEndpoint({
  ...own,
  path: '/api/v1/store/users/likes',
  summary: 'List what you like in the store',
  response: z.array(z.unknown()),
  examples: { response: [] },
})

export const likeStoreComponent = defineEndpoint({
  ...own,
  method: 'POST',
  path: '/api/v1/store/users/likes/:component_id',
  summary: 'Like something in the store, or no longer',
  params,
  response: z.never(),
  errors: noKey,
})
