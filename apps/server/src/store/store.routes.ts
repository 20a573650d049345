import { AppError } from '@runnel/protocol/errors'
import {
  checkStore,
  checkStoreKey,
  likeStoreComponent,
  listStoreComponents,
  listStoreLikes,
  listStoreTags,
  publishStoreComponent,
  readStoreComponent,
  saveStoreKey,
  updateStoreComponent,
} from '@runnel/protocol/store'
import type { FlowHeader } from '@runnel/storage/records'
import type { FastifyInstance } from 'fastify'
import { removeSecrets } from '../flows/flow-graph.ts'
import { implement, implementOpen } from '../http/implement.ts'
import type { Services } from '../services.ts'

/** A variable only the server reads and writes. */
const KEY_VARIABLE = '__store_api_key__'

/** The public store is closed. Its endpoints stay for the clients that ask; lists hold the caller's saved components. */
export function storeRoutes(
  app: FastifyInstance,
  { storage, flows, variables }: Pick<Services, 'storage' | 'flows' | 'variables'>,
): void {
  implementOpen(app, checkStore, () => ({ enabled: false }))
  implementOpen(app, listStoreTags, () => [])
  implement(app, checkStoreKey, async ({ user }) => ({
    has_api_key: (await variables.storedValue(user.id, KEY_VARIABLE)) !== undefined,
    is_valid: false,
  }))
  implement(app, saveStoreKey, async ({ body, user }) => {
    await variables.keep(user.id, KEY_VARIABLE, body.api_key)
    return { detail: 'API Key saved' }
  })

  implement(app, listStoreComponents, async ({ query, user }) => {
    const filter = { isComponent: query.is_component, ...(query.search && { search: query.search }) }
    const { component_id: id, page, limit: size } = query
    const [all, found] = await Promise.all([
      storage.flows.count(user.id, filter),
      storage.flows.headers(user.id, id ? filter : { ...filter, page, size }),
    ])
    const items = id ? found.filter((flow) => flow.id === id) : found
    const results = items.map((flow) => toStoreItem(flow, user.username))
    return { count: id ? results.length : all, authorized: false, results }
  })
  implement(app, readStoreComponent, async ({ params, user }) => {
    const { id, name, description, isComponent, data: text } = await flows.find(user.id, params.component_id)
    const data: unknown = text === null ? null : JSON.parse(text)
    removeSecrets(data)
    return { id, name, description, data, is_component: isComponent, metadata: {} }
  })
  implement(app, listStoreLikes, () => [])
  implement(app, publishStoreComponent, refuse)
  implement(app, updateStoreComponent, refuse)
  implement(app, likeStoreComponent, refuse)
}

function refuse(): never {
  throw new AppError('bad_request', ['You must have a store API key set.'])
}

const toStoreItem = ({ id, name, description, isComponent }: FlowHeader, username: string) => ({
  id,
  name,
  description,
  is_component: isComponent,
  liked_by_user: false,
  likes_count: 0,
  downloads_count: 0,
  tags: [],
  metadata: {},
  user_created: { username },
  last_tested_version: null,
  private: true,
  parent: null,
})
