import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js'
import { catalog } from '@runnel/components/catalog'
import { createFlow } from '@runnel/protocol/flows'
import { listProjectTools, updateProjectTools } from '@runnel/protocol/project-tools'
import { type SignInProvider, signInProvider } from '@runnel/testing/sign-in-provider'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../test-app.ts'
import { echoFlow, graphOf } from '../../test-flows.ts'

// A project that asks its MCP clients to sign in elsewhere, met by the protocol's own client.

const REDIRECT = 'http://127.0.0.1:33418/callback'
let server: TestApp
let provider: SignInProvider
let origin: string
let projectId: string
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  provider = await signInProvider()
  server = await testApp({ user: 'ada', components: catalog, env: { LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1' } })
  origin = await server.listen()
  const made = await server.client.call(createFlow, { body: { name: 'Echo', data: graphOf(echoFlow()) } })
  projectId = made.folder_id ?? ''
  const settings = [{ id: made.id, mcp_enabled: true, action_name: 'repeat' }]
  await server.client.call(updateProjectTools, {
    params: { project_id: projectId },
    body: { settings, auth_settings: settingsOf() },
  })
})
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await server.close()
  await provider[Symbol.asyncDispose]()
})
beforeEach(() => {
  provider.agrees = true
  server.clock.advance(120_000)
})

const settingsOf = (part: object = {}) => ({
  auth_type: 'oauth' as const,
  oauth_server_url: origin,
  oauth_client_id: provider.clientId,
  oauth_client_secret: provider.clientSecret,
  oauth_auth_url: provider.authorizationUrl,
  oauth_token_url: provider.tokenUrl,
  oauth_mcp_scope: 'tools',
  oauth_provider_scope: 'openid email',
  ...part,
})
const choose = (part: object) =>
  server.client.call(updateProjectTools, {
    params: { project_id: projectId },
    body: { settings: [], auth_settings: settingsOf(part) },
  })
const projectUrl = (kind = 'streamable') => new URL(`${origin}/api/v1/mcp/project/${projectId}/${kind}`)
const ask = (token: string) =>
  fetch(projectUrl(), {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
  })

/** A client that remembers what it is given, and whose person looks at the address it is sent to. */
function aClient() {
  let known: OAuthClientInformationMixed | undefined
  let tokens: OAuthTokens | undefined
  let verifier = ''
  let address: URL | undefined
  const auth: OAuthClientProvider = {
    redirectUrl: REDIRECT,
    clientMetadata: { client_name: 'An <editor>', redirect_uris: [REDIRECT] },
    state: () => 'state of the client',
    clientInformation: () => known,
    saveClientInformation: (given) => {
      known = given
    },
    tokens: () => tokens,
    saveTokens: (given) => {
      tokens = given
    },
    redirectToAuthorization: (url) => {
      address = url
    },
    saveCodeVerifier: (given) => {
      verifier = given
    },
    codeVerifier: () => verifier,
  }
  return {
    auth,
    read: () => ({ known, tokens, verifier, address: String(address) }),
    forgetAccess: () => {
      tokens = tokens && { ...tokens, access_token: 'gone' }
    },
  }
}

/** What a browser and the person before it do: read the page, go on, come back with the cookie. */
async function signIn(address: string): Promise<URL> {
  const page = await fetch(address, { headers: { 'accept-language': 'en' } })
  const cookie = page.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const next = /id="allow" href="([^"]*)"/.exec(await page.text())?.[1]?.replaceAll('&#38;', '&') ?? ''
  const back = (await fetch(next, { redirect: 'manual' })).headers.get('location') ?? ''
  return returned(back, cookie)
}
async function returned(back: string, cookie: string): Promise<URL> {
  const answer = await fetch(back, { headers: { cookie }, redirect: 'manual' })
  return new URL(answer.headers.get('location') ?? 'none:', origin)
}

/** A connected client, signed in. */
async function connected(kind = 'streamable') {
  const one = aClient()
  const transport = () =>
    kind === 'sse'
      ? new SSEClientTransport(projectUrl(kind), { authProvider: one.auth })
      : new StreamableHTTPClientTransport(projectUrl(kind), { authProvider: one.auth })
  const first = transport()
  await expect(new Client({ name: 'test', version: '1' }).connect(first)).rejects.toThrow(/Unauthorized/)
  const landed = await signIn(one.read().address)
  expect(landed.searchParams.get('state')).toBe('state of the client')
  await first.finishAuth(landed.searchParams.get('code') ?? '')
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport())
  closing.push(() => client.close())
  return { client, ...one }
}

test.each(['streamable', 'sse'])('a client signs its person in and calls a tool over %s', async (kind) => {
  const { client, read } = await connected(kind)
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['repeat'])
  const answer = await client.callTool({ name: 'repeat', arguments: { input_value: 'one and two' } })
  expect(answer).toEqual({ content: [{ type: 'text', text: 'one and two' }], isError: false })
  expect(read().tokens).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'tools' })
  expect(provider.seen.slice(-2)).toEqual(['authorize openid email', 'token 200'])
})

test('a token that has run out is renewed without the person', async () => {
  const { client, read, forgetAccess } = await connected()
  const first = read().tokens
  forgetAccess()
  const asked = provider.seen.length
  await expect(client.ping()).resolves.toEqual({})
  expect(read().tokens?.refresh_token).not.toBe(first?.refresh_token)
  expect(provider.seen.length).toBe(asked)
  server.clock.advance(3_601_000)
  expect((await ask(read().tokens?.access_token ?? '')).status).toBe(401)
})

/** What OAuth answers: an object of texts, as far as they matter here. */
const textsOf = async (answer: Response): Promise<Readonly<Record<string, string>>> =>
  (await answer.json()) as Readonly<Record<string, string>>

const issue = async (form: Readonly<Record<string, string>>) => {
  const answer = await fetch(`${projectUrl('oauth/token')}`, { method: 'POST', body: new URLSearchParams(form) })
  const { error, access_token = '' } = await textsOf(answer)
  return { status: answer.status, error, access_token }
}

test('a refresh token that is shown twice ends all that came of it', async () => {
  const { read } = await connected()
  const { known, tokens } = read()
  const form = {
    grant_type: 'refresh_token',
    client_id: known?.client_id ?? '',
    refresh_token: tokens?.refresh_token ?? '',
  }
  const renewed = await issue(form)
  expect((await ask(renewed.access_token)).status).toBe(200)
  expect(await issue(form)).toMatchObject({ status: 400, error: 'invalid_grant' })
  expect((await ask(renewed.access_token)).status).toBe(401)
})

test('a code is good once, for the client that began, with its verifier and address', async () => {
  const one = aClient()
  const transport = new StreamableHTTPClientTransport(projectUrl(), { authProvider: one.auth })
  await expect(new Client({ name: 'test', version: '1' }).connect(transport)).rejects.toThrow()
  const landed = await signIn(one.read().address)
  const { known, verifier } = one.read()
  const form = {
    grant_type: 'authorization_code',
    client_id: known?.client_id ?? '',
    code: landed.searchParams.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: REDIRECT,
  }
  const other = await fetch(projectUrl('oauth/register'), {
    method: 'POST',
    body: JSON.stringify({ redirect_uris: [REDIRECT] }),
  })
  const { client_id = '' } = await textsOf(other)
  for (const wrong of [
    { client_id },
    { code_verifier: verifier.replace(/^./, '~') },
    { redirect_uri: `${REDIRECT}2` },
    { code: form.code.slice(0, -8) },
  ]) {
    expect(await issue({ ...form, ...wrong })).toMatchObject({ status: 400, error: 'invalid_grant' })
  }
  expect(await issue({ ...form, resource: 'https://elsewhere.example.com' })).toMatchObject({ error: 'invalid_target' })
  const { access_token } = await issue(form)
  expect((await ask(access_token)).status).toBe(200)
  expect(await issue(form)).toMatchObject({ status: 400, error: 'invalid_grant' })
  expect((await ask(access_token)).status).toBe(401)
})

test('a client that revokes its token has no more access', async () => {
  const { read } = await connected()
  const token = read().tokens?.access_token ?? ''
  await fetch(projectUrl('oauth/revoke'), { method: 'POST', body: new URLSearchParams({ token }) })
  expect((await ask(token)).status).toBe(401)
})

async function authorized(): Promise<{ readonly page: Response; readonly address: string }> {
  const one = aClient()
  const transport = new StreamableHTTPClientTransport(projectUrl(), { authProvider: one.auth })
  await expect(new Client({ name: 'test', version: '1' }).connect(transport)).rejects.toThrow()
  return { page: await fetch(one.read().address), address: one.read().address }
}

test('the person is asked first, on a page that nothing is smuggled into and that no other page frames', async () => {
  const { page, address } = await authorized()
  const text = await page.text()
  expect(text).toContain('An &#60;editor&#62; asks to use the tools of the project')
  expect(text).toContain('http://127.0.0.1:33418')
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(page.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/)
  const chinese = await fetch(address, { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })
  expect(await chinese.text()).toContain('允许访问吗')
})

test('a sign-in is ended only by the browser that began it', async () => {
  const { page } = await authorized()
  const next = /id="allow" href="([^"]*)"/.exec(await page.text())?.[1]?.replaceAll('&#38;', '&') ?? ''
  const back = (await fetch(next, { redirect: 'manual' })).headers.get('location') ?? ''
  const asked = provider.seen.length
  const headers = { accept: 'text/html' }
  const answer = await fetch(back, { headers, redirect: 'manual' })
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('not begun in this browser')])
  const cookie = page.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const foreign = back.replace(/state=[^&]*/, 'state=another')
  expect((await fetch(foreign, { headers: { cookie }, redirect: 'manual' })).status).toBe(400)
  expect(provider.seen.length).toBe(asked)
  server.clock.advance(600_001)
  expect((await fetch(back, { headers: { cookie }, redirect: 'manual' })).status).toBe(400)
})

test('a person who refuses, and a provider that does, are told to the client', async () => {
  provider.agrees = false
  const { address } = await authorized()
  expect(Object.fromEntries((await signIn(address)).searchParams)).toMatchObject({
    error: 'access_denied',
    state: 'state of the client',
  })
  provider.agrees = true
  await choose({ oauth_client_secret: 'wrong' })
  const second = await authorized()
  expect((await signIn(second.address)).searchParams.get('error')).toBe('server_error')
  await choose({})
})

test('a client is answered where it registered, and nowhere else', async () => {
  const register = (redirects: readonly string[]) =>
    fetch(projectUrl('oauth/register'), { method: 'POST', body: JSON.stringify({ redirect_uris: redirects }) })
  for (const wrong of [
    [],
    ['http://example.com/'],
    ['javascript:alert(1)'],
    ['https://user:pass@example.com/'],
    ['https://example.com/#x'],
  ]) {
    const answer = await register(wrong)
    expect([answer.status, (await textsOf(answer)).error]).toEqual([400, 'invalid_redirect_uri'])
  }
  const { client_id = '' } = await textsOf(await register(['cursor://callback', 'http://localhost:1/cb']))
  const authorize = (redirect: string, part: object = {}) => {
    const query = { response_type: 'code', client_id, redirect_uri: redirect, code_challenge_method: 'S256' }
    const asked = new URLSearchParams({ ...query, code_challenge: 'x'.repeat(43), ...part })
    return fetch(`${projectUrl('oauth/authorize')}?${asked}`, { redirect: 'manual' })
  }
  expect((await authorize('cursor://callback')).status).toBe(200)
  expect((await authorize('http://localhost:50123/cb')).status).toBe(200)
  for (const elsewhere of ['http://localhost:1/other', 'https://example.com/', 'cursor://elsewhere']) {
    const answer = await authorize(elsewhere)
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
  }
  const unproven = await authorize('cursor://callback', { code_challenge_method: 'plain' })
  expect(unproven.headers.get('location')).toMatch(/^cursor:\/\/callback\?error=invalid_request/)
})

test('a provider the server may not reach is not called', async () => {
  await choose({ oauth_token_url: 'https://169.254.169.254/token' })
  const { address } = await authorized()
  expect((await signIn(address)).searchParams.get('error')).toBe('server_error')
  await choose({})
})

test('people come back to a path of the owner’s choice', async () => {
  await choose({ oauth_callback_path: '/auth/idaas/callback' })
  const { read } = await connected()
  expect((await ask(read().tokens?.access_token ?? '')).status).toBe(200)
  await choose({})
  expect((await ask(read().tokens?.access_token ?? '')).status).toBe(401)
})

test('who shows nothing is told where to sign in, and the owner comes in with a key', async () => {
  const answer = await fetch(projectUrl(), { method: 'POST', body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' })
  expect(answer.status).toBe(401)
  expect(answer.headers.get('www-authenticate')).toBe(
    `Bearer resource_metadata="${origin}/.well-known/oauth-protected-resource/api/v1/mcp/project/${projectId}", scope="tools"`,
  )
  const refused = await ask('made up')
  expect(refused.headers.get('www-authenticate')).toContain('error="invalid_token"')
  const own = await fetch(projectUrl(), {
    method: 'POST',
    headers: { 'x-api-key': server.apiKey, accept: 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
  })
  expect(own.status).toBe(200)
  const eve = await server.person('eve')
  const hers = await fetch(projectUrl(), {
    method: 'POST',
    headers: { 'x-api-key': eve.apiKey, accept: 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
  })
  expect(hers.status).toBe(404)
})

test('the secret is sealed where it is stored and never read back; the mask keeps it', async () => {
  const params = { project_id: projectId }
  const { auth_settings } = await server.client.call(listProjectTools, { params })
  expect(auth_settings).toMatchObject({
    auth_type: 'oauth',
    oauth_client_id: provider.clientId,
    oauth_client_secret: '*******',
  })
  const stored = await server.storage.projects.findAny(projectId)
  expect(stored?.authSettings).toContain('gcm1:')
  expect(stored?.authSettings).not.toContain(provider.clientSecret)
  await choose({ oauth_client_secret: '*******', oauth_mcp_scope: 'others' })
  const { read } = await connected()
  expect(read().tokens?.scope).toBe('others')
  await choose({})
})

test.each([
  [{ oauth_client_id: '' }, 'OAuth needs a client ID.'],
  [{ oauth_server_url: '' }, 'OAuth needs the server URL.'],
  [{ oauth_token_url: 'http://example.com/token' }, 'The token URL must begin with https://'],
  [{ oauth_auth_url: 'nonsense' }, 'The authorization URL must begin with https://'],
  [{ oauth_callback_path: '/api/v1/users' }, 'The callback path is /api/v1/mcp/project/'],
  [{ oauth_callback_path: 'https://elsewhere.example.com/auth/x/callback' }, 'The callback path is'],
])('settings that cannot work are refused: %j', async (part, why) => {
  await expect(choose(part)).rejects.toMatchObject({ status: 422, detail: expect.stringContaining(why) })
})

test('a project that asks for no sign-in has none', async () => {
  await server.client.call(updateProjectTools, {
    params: { project_id: projectId },
    body: { settings: [], auth_settings: { auth_type: 'apikey' } },
  })
  for (const path of ['/.well-known/oauth-protected-resource', '/.well-known/oauth-authorization-server']) {
    expect((await fetch(`${origin}${path}/api/v1/mcp/project/${projectId}`)).status).toBe(404)
  }
  await choose({})
})
