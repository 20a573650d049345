import { autoLogin } from '@runnel/protocol/login'
import { readCurrentUser } from '@runnel/protocol/users'
import { afterEach, describe, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'
import { prepareFirstUser } from './first-start.ts'

const open: TestApp[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

/** A server after its first start, with auto login unless the settings say otherwise. */
async function firstStart(env: TestAppOptions['env'] = {}) {
  const server = await testApp({ env: { LANGFLOW_AUTO_LOGIN: 'true', ...env } })
  open.push(server)
  const lines: string[] = []
  const config = { autoLogin: env.LANGFLOW_AUTO_LOGIN !== 'false', superuser: 'langflow', superuserPassword: undefined }
  await prepareFirstUser({ storage: server.storage, config, now: server.clock.now, print: (line) => lines.push(line) })
  const ask = async (headers: Record<string, string> = {}, url = '/api/v1/users/whoami', remoteAddress = '127.0.0.1') =>
    (await server.app.inject({ url, headers: { host: 'localhost:7860', ...headers }, remoteAddress })).statusCode
  return { ...server, ask, lines }
}

describe('a request without credentials', () => {
  test.each([
    [{}, 200],
    [{ host: 'localhost' }, 200],
    [{ host: 'LOCALHOST:7860' }, 200],
    [{ host: '127.0.0.1:7860' }, 200],
    [{ host: '127.8.8.8' }, 200],
    [{ host: '[::1]:7860' }, 200],
    [{ origin: 'http://localhost:7860', 'sec-fetch-site': 'same-origin' }, 200],
    [{ referer: 'http://localhost:7860/flows' }, 200],
    [{ 'sec-fetch-site': 'none' }, 200],
    [{ host: 'evil.com' }, 403],
    [{ host: 'localhost.evil.com' }, 403],
    [{ host: '127.0.0.1.evil.com' }, 403],
    [{ host: '192.168.1.5:7860' }, 403],
    [{ host: '0.0.0.0:7860' }, 403],
    [{ origin: 'http://evil.com' }, 403],
    [{ origin: 'http://localhost:3000' }, 403],
    [{ origin: 'null' }, 403],
    [{ referer: 'http://evil.com/' }, 403],
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ forwarded: 'for=1.2.3.4' }, 403],
    [{ 'x-forwarded-for': '127.0.0.1' }, 403],
    [{ 'x-forwarded-host': 'localhost' }, 403],
    [{ 'x-forwarded-proto': 'https' }, 403],
    [{ 'x-real-ip': '127.0.0.1' }, 403],
    [{ via: '1.1 proxy' }, 403],
  ])('with %j is answered %i', async (headers, status) => {
    const { ask } = await firstStart()
    expect(await ask(headers)).toBe(status)
    expect(await ask(headers, '/api/v1/auto_login')).toBe(status)
  })

  test('from another address is refused', async () => {
    const { ask } = await firstStart()
    expect(await ask({}, undefined, '192.168.1.7')).toBe(403)
    expect(await ask({}, undefined, '::1')).toBe(200)
  })

  test('is served or not as the setting says', async () => {
    expect(await (await firstStart({ LANGFLOW_SKIP_AUTH_AUTO_LOGIN: 'true' })).ask()).toBe(200)
    expect(await (await firstStart({ LANGFLOW_SKIP_AUTH_AUTO_LOGIN: 'false' })).ask()).toBe(403)
    expect(await (await firstStart({ LANGFLOW_AUTO_LOGIN: 'false' })).ask()).toBe(403)
  })

  test('with a bad key is refused all the same', async () => {
    const { ask } = await firstStart()
    expect(await ask({ 'x-api-key': 'sk-wrong' })).toBe(403)
  })

  test('beyond this machine is served only by an operator who said so twice', async () => {
    const outside = { host: 'flows.example.com' }
    const env = { LANGFLOW_HOST: '0.0.0.0', RUNNEL_ALLOW_INSECURE_AUTO_LOGIN: 'true' }
    expect(await (await firstStart(env)).ask(outside)).toBe(403)
    const both = await firstStart({ ...env, LANGFLOW_SKIP_AUTH_AUTO_LOGIN: 'true' })
    expect(await both.ask(outside)).toBe(200)
    expect(await both.ask({ ...outside, origin: 'http://evil.com' })).toBe(403)
  })
})

test('the first user of an auto-login server has no password and a default project', async () => {
  const { client, storage } = await firstStart()
  const { access_token, refresh_token } = await client.call(autoLogin, {})
  expect(refresh_token).toBeNull()
  const me = await client.call(readCurrentUser, { headers: { authorization: `Bearer ${access_token}` } })
  expect(me).toMatchObject({ username: 'langflow', is_superuser: true })
  expect((await storage.users.find(me.id))?.passwordHash).toBeNull()
  expect(await storage.projects.list(me.id)).toMatchObject([{ name: 'My Projects' }])
})

test('without auto login a password is made up and printed once', async () => {
  const server = await firstStart({ LANGFLOW_AUTO_LOGIN: 'false' })
  expect(server.lines).toEqual([expect.stringMatching(/^The first user is "langflow" with the password \S{16} /)])
  const again: string[] = []
  const config = { autoLogin: false, superuser: 'langflow', superuserPassword: undefined }
  await prepareFirstUser({ storage: server.storage, config, now: Date.now, print: (line) => again.push(line) })
  expect(again).toEqual([])
})

test('the shipped password of other servers stops the start', async () => {
  const server = await testApp()
  open.push(server)
  const config = { autoLogin: false, superuser: 'langflow', superuserPassword: 'langflow' }
  await expect(prepareFirstUser({ storage: server.storage, config, now: Date.now, print: () => {} })).rejects.toThrow(
    'known to everyone',
  )
})
