import { createApiKey, deleteApiKey, listApiKeys } from '@runnel/protocol/api-keys'
import { autoLogin, login, logout, readSession, refresh, TokenAnswer } from '@runnel/protocol/login'
import { readCurrentUser, resetPassword, updateUser } from '@runnel/protocol/users'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'

const open: TestApp[] = []
const start = async (options?: TestAppOptions) => {
  const made = await testApp(options)
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

const password = 'correct horse'
const tokensOf = async (response: Response) => TokenAnswer.parse(await response.json())
const cookiesOf = (response: Response) => response.headers.getSetCookie()
const cookieHeader = (cookies: readonly string[]) => ({ cookie: cookies.map((one) => one.split(';')[0]).join('; ') })

async function withPassword() {
  const server = await start()
  const ada = await server.person('ada', { password })
  const enter = () => server.client.request(login, { body: { username: 'ada', password } })
  return { ...server, ada, enter }
}

test('a login gives tokens and cookies no script can read', async () => {
  const { enter, client } = await withPassword()
  const response = await enter()
  const tokens = await tokensOf(response)
  expect(tokens).toMatchObject({ token_type: 'bearer', refresh_token: expect.any(String) })
  expect(cookiesOf(response)).toEqual([
    expect.stringMatching(/^access_token_lf=[^;]+; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/),
    expect.stringMatching(/^refresh_token_lf=[^;]+; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/),
  ])
  const me = await client.call(readCurrentUser, { headers: { authorization: `Bearer ${tokens.access_token}` } })
  expect(me.username).toBe('ada')
  expect(me.last_login_at).not.toBeNull()
})

test('an unknown user and a wrong password are refused alike', async () => {
  const { client } = await withPassword()
  const refused = { status: 401, detail: 'Incorrect username or password' }
  const wrong = { username: 'ada', password: 'wrong password' }
  await expect(client.call(login, { body: wrong })).rejects.toMatchObject(refused)
  await expect(client.call(login, { body: { ...wrong, username: 'nobody?' } })).rejects.toMatchObject(refused)
  const response = await client.request(login, { body: wrong })
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
})

test('whether an account is active is told only to who knows the password', async () => {
  const { client, person } = await start()
  await person('new', { password, active: false })
  await expect(client.call(login, { body: { username: 'new', password } })).rejects.toMatchObject({
    status: 400,
    detail: 'Waiting for approval',
  })
  await expect(client.call(login, { body: { username: 'new', password: 'wrong one' } })).rejects.toMatchObject({
    status: 401,
    detail: 'Incorrect username or password',
  })
})

test('after ten failures a minute has to pass, while keys go on working', async () => {
  const { client, ada, clock, enter } = await withPassword()
  const fail = () => client.call(login, { body: { username: 'ada', password: 'wrong one' } })
  await Promise.all(Array.from({ length: 10 }, () => expect(fail()).rejects.toMatchObject({ status: 401 })))
  await expect(fail()).rejects.toMatchObject({ status: 429, retryAfterSeconds: expect.any(Number) })
  expect((await enter()).status).toBe(429)
  await expect(ada.client.call(readCurrentUser, {})).resolves.toBeTruthy()
  clock.advance(61_000)
  expect((await enter()).status).toBe(200)
})

test('a login without its fields is 422, as JSON 415, from another site 403', async () => {
  const { app, client } = await withPassword()
  const send = (headers: Record<string, string>, payload: string) =>
    app.inject({ method: 'POST', url: '/api/v1/login', headers, payload })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const missing = await send(form, 'username=ada')
  expect(missing.statusCode).toBe(422)
  expect(missing.json().detail).toMatchObject([{ type: 'missing', loc: ['body', 'password'], input: {} }])
  expect((await send({ 'content-type': 'application/json' }, '{}')).statusCode).toBe(415)
  const body = { username: 'ada', password }
  await expect(client.call(login, { body, headers: { origin: 'http://evil.com' } })).rejects.toMatchObject({
    status: 403,
  })
})

test('refresh tokens rotate, and a used one ends the whole login', async () => {
  const { enter, client } = await withPassword()
  const first = cookieHeader(cookiesOf(await enter()))
  const renewed = await client.request(refresh, { headers: first })
  expect(renewed.status).toBe(200)
  const second = cookieHeader(cookiesOf(renewed))
  expect(second).not.toEqual(first)
  await expect(client.call(refresh, { headers: first })).rejects.toMatchObject({
    status: 401,
    detail: 'Invalid refresh token',
  })
  await expect(client.call(refresh, { headers: second })).rejects.toMatchObject({ status: 401 })
})

test('an access token does not refresh, and a refresh token gives no access', async () => {
  const { enter, client } = await withPassword()
  const { access_token, refresh_token } = await tokensOf(await enter())
  await expect(client.call(refresh, { headers: { cookie: `refresh_token_lf=${access_token}` } })).rejects.toMatchObject(
    { status: 401 },
  )
  await expect(
    client.call(readCurrentUser, { headers: { authorization: `Bearer ${refresh_token}` } }),
  ).rejects.toMatchObject({ status: 401, detail: 'Invalid token details.' })
})

test('logout ends the login and deletes the cookies it set', async () => {
  const { enter, client } = await withPassword()
  const cookies = cookieHeader(cookiesOf(await enter()))
  const left = await client.request(logout, { headers: cookies })
  expect(await left.json()).toEqual({ message: 'Logout successful' })
  expect(cookiesOf(left)).toEqual([
    'access_token_lf=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
    'refresh_token_lf=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
  ])
  await expect(client.call(refresh, { headers: cookies })).rejects.toMatchObject({ status: 401 })
})

test('the cookie is enough for our own pages and for nobody else', async () => {
  const { enter, client } = await withPassword()
  const cookies = cookieHeader(cookiesOf(await enter()))
  const ask = (headers: Record<string, string>) => client.call(readCurrentUser, { headers: { ...cookies, ...headers } })
  await expect(ask({ origin: 'http://localhost' })).resolves.toMatchObject({ username: 'ada' })
  for (const foreign of [
    { origin: 'http://evil.com' },
    { origin: 'null' },
    { referer: 'http://evil.com/page' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    await expect(ask(foreign)).rejects.toMatchObject({ status: 403 })
  }
})

test('the session tells who is signed in and is never 401', async () => {
  const { enter, client } = await withPassword()
  const nobody = { authenticated: false, user: null, store_api_key: null }
  await expect(client.call(readSession, {})).resolves.toEqual(nobody)
  await expect(client.call(readSession, { headers: { authorization: 'Bearer x.y.z' } })).resolves.toEqual(nobody)
  const headers = cookieHeader(cookiesOf(await enter()))
  await expect(client.call(readSession, { headers })).resolves.toMatchObject({
    authenticated: true,
    user: { username: 'ada' },
  })
})

test('auto login that is off says so in an object', async () => {
  const { client } = await start()
  await expect(client.call(autoLogin, {})).rejects.toMatchObject({
    status: 400,
    detail: { message: 'Auto login is disabled. Please enable it in the settings', auto_login: false },
  })
})

test('an access token ends with its hour', async () => {
  const { enter, client, clock } = await withPassword()
  const { access_token } = await tokensOf(await enter())
  clock.advance(3_601_000)
  await expect(
    client.call(readCurrentUser, { headers: { authorization: `Bearer ${access_token}` } }),
  ).rejects.toMatchObject({ status: 401, detail: 'Token has expired.' })
})

test('a new password ends every token and key of the user', async () => {
  const { enter, client, ada } = await withPassword()
  const response = await enter()
  const cookies = cookieHeader(cookiesOf(response))
  const { access_token } = await tokensOf(response)
  await ada.client.call(resetPassword, { params: { user_id: ada.user.id }, body: { password: 'another horse' } })
  const bearer = { authorization: `Bearer ${access_token}` }
  await expect(client.call(readCurrentUser, { headers: bearer })).rejects.toMatchObject({ status: 401 })
  await expect(client.call(refresh, { headers: cookies })).rejects.toMatchObject({ status: 401 })
  await expect(ada.client.call(readCurrentUser, {})).rejects.toMatchObject({ status: 403 })
})

test('a deactivated user is out at once', async () => {
  const { enter, client, ada, person } = await withPassword()
  const root = await person('root', { superuser: true })
  const { access_token } = await tokensOf(await enter())
  await root.client.call(updateUser, { params: { user_id: ada.user.id }, body: { is_active: false } })
  await expect(
    client.call(readCurrentUser, { headers: { authorization: `Bearer ${access_token}` } }),
  ).rejects.toMatchObject({ status: 401, detail: 'User not found or is inactive.' })
  await expect(ada.client.call(readCurrentUser, {})).rejects.toMatchObject({ status: 403 })
})

test('a key is shown once, works in header and query, and ends when it is deleted', async () => {
  const { client, app } = await start({ user: 'ada' })
  const made = await client.call(createApiKey, { body: { name: 'My key' } })
  expect(made).toMatchObject({ name: 'My key', total_uses: 0, last_used_at: null, is_active: true })
  expect(made.api_key).toMatch(/^sk-[\w-]{43}$/)
  const listed = await client.call(listApiKeys, {})
  expect(listed.total_count).toBe(2)
  expect(listed.api_keys[1]?.api_key).toBe(`${made.api_key.slice(0, 8)}${'*'.repeat(38)}`)

  const ask = async (query: string, headers: Record<string, string> = {}) =>
    (await app.inject({ url: `/api/v1/users/whoami${query}`, headers })).statusCode
  expect(await ask('', { 'X-API-KEY': made.api_key })).toBe(200)
  expect(await ask(`?x-api-key=${made.api_key}`)).toBe(200)
  expect(await ask(`?x-api-key=${made.api_key}`, { 'x-api-key': made.api_key })).toBe(200)
  expect(await ask(`?x-api-key=${made.api_key}`, { 'x-api-key': 'sk-other' })).toBe(403)
  expect(await ask('', { 'x-api-key': 'sk-other' })).toBe(403)
  expect(await ask('')).toBe(403)

  await client.call(deleteApiKey, { params: { api_key_id: made.id } })
  expect(await ask('', { 'x-api-key': made.api_key })).toBe(403)
  await expect(client.call(deleteApiKey, { params: { api_key_id: made.id } })).rejects.toMatchObject({
    status: 400,
    detail: 'API Key not found',
  })
})

test('a key ends at its time', async () => {
  const { client, app, clock } = await start({ user: 'ada' })
  const expires_at = new Date(clock.now() + 60_000).toISOString()
  const { api_key } = await client.call(createApiKey, { body: { expires_at } })
  const ask = async () =>
    (await app.inject({ url: '/api/v1/users/whoami', headers: { 'x-api-key': api_key } })).statusCode
  expect(await ask()).toBe(200)
  clock.advance(60_001)
  expect(await ask()).toBe(403)
  await expect(client.call(createApiKey, { body: { expires_at: 'soon' } })).rejects.toMatchObject({ status: 422 })
})

test('a bad Bearer token is refused although a good key is there', async () => {
  const { app, apiKey } = await start({ user: 'ada' })
  const headers = { authorization: 'Bearer nonsense', 'x-api-key': apiKey }
  const answer = await app.inject({ url: '/api/v1/users/whoami', headers })
  expect(answer.statusCode).toBe(401)
  expect(answer.json()).toEqual({ detail: 'Could not validate credentials' })
})
