import type { AccountWish, HttpAnswer, HttpPort } from '@runnel/sdk'
import { type FakeService, httpOf, type ServiceRequest } from '@runnel/testing/answering-server'
import { expect, test } from 'vitest'
import { composioAccount } from './composio-account.ts'

/** Composio with one account of `ada`, which is connected once somebody has followed the link. */
function fakeComposio({ hasConfig }: { readonly hasConfig: boolean }) {
  const configs: { readonly id: string }[] = hasConfig ? [{ id: 'ac_set_up' }] : []
  let accounts: readonly { readonly id: string; readonly status: string }[] = [{ id: 'ca_old', status: 'EXPIRED' }]
  const service: FakeService = ({ method, path, headers, body }) => {
    if (headers['x-api-key'] !== 'key') return { status: 401, body: { error: 'Invalid API key' } }
    if (path === '/api/v3/connected_accounts?toolkit_slugs=gmail&user_ids=ada') return { body: { items: accounts } }
    if (path === '/api/v3/auth_configs?toolkit_slug=gmail') return { body: { items: configs } }
    if (method === 'POST' && path === '/api/v3/auth_configs') return { body: { auth_config: { id: 'ac_made' } } }
    if (path === '/api/v3/connected_accounts/link') {
      return { body: { redirect_url: `https://connect.test/${Object(body).auth_config_id}/${Object(body).user_id}` } }
    }
    if (method === 'DELETE') {
      accounts = accounts.filter(({ id }) => !path.endsWith(`/${id}`))
      return { body: { success: true } }
    }
    return { status: 404 }
  }
  const seen: (ServiceRequest & { readonly url: string })[] = []
  const answer = httpOf(service, seen)
  // Of an answer only these are read.
  const http: HttpPort = { fetch: async (url, request) => answer(url, request) as HttpAnswer }
  const ask = (wish: AccountWish, apiKey = 'key') =>
    composioAccount({ apiKey, entity: 'ada', toolkit: 'gmail' }, wish, { http, signal: new AbortController().signal })
  return { ask, seen, allow: () => (accounts = [...accounts, { id: 'ca_new', status: 'ACTIVE' }]) }
}

test('an account is connected where its link leads, used, and disconnected', async () => {
  const { ask, allow, seen } = fakeComposio({ hasConfig: true })
  expect(await ask('look')).toEqual({ kind: 'disconnected' })
  expect(await ask('connect')).toEqual({ kind: 'disconnected', link: 'https://connect.test/ac_set_up/ada' })
  allow()
  expect(await ask('look')).toEqual({ kind: 'connected' })
  expect(await ask('connect')).toEqual({ kind: 'connected' })
  expect(await ask('disconnect')).toEqual({ kind: 'disconnected' })
  expect(seen.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual([
    '/api/v3/connected_accounts/ca_new',
  ])
  expect(await ask('look')).toEqual({ kind: 'disconnected' })
})

test('where nothing is set up for the app, Composio manages how people are let in', async () => {
  const { ask, seen } = fakeComposio({ hasConfig: false })
  expect(await ask('connect')).toEqual({ kind: 'disconnected', link: 'https://connect.test/ac_made/ada' })
  expect(seen.find(({ method, path }) => method === 'POST' && path === '/api/v3/auth_configs')?.body).toEqual({
    toolkit: { slug: 'gmail' },
    auth_config: { type: 'use_composio_managed_auth' },
  })
})

test('without a key nothing is asked; a wrong one is told', async () => {
  const { ask, seen } = fakeComposio({ hasConfig: true })
  expect(await ask('look', ' ')).toEqual({ kind: 'unknown' })
  expect(seen).toEqual([])
  await expect(ask('look', 'x')).rejects.toThrow('401')
})
