import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { testCli } from './test-cli.ts'

const cli = testCli()
afterAll(() => cli.remove())

const data = (name: string) => ['--data-dir', join(cli.folder, name)]
const locked = { LANGFLOW_AUTO_LOGIN: 'false', LANGFLOW_SUPERUSER_PASSWORD: 'correct horse battery' }
const keyOf = (stdout: string) => stdout.trim().split('\n').at(-1) ?? ''
const whoami = (address: string, headers: Record<string, string>) =>
  fetch(`${address}/api/v1/users/whoami`, { headers })

describe('api-key', () => {
  test('prints two plain lines for a program, the key last', async () => {
    const { code, stdout } = await cli.run(['api-key', ...data('fresh')])
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^API Key Created Successfully\nsk-[\w-]{43}\n$/)])
  })

  test('makes a key that a running server takes at once, and leaves earlier keys alone', async () => {
    await using server = await cli.serve(['--port', '0', ...data('locked')], { env: locked })
    expect((await whoami(server.address, {})).status).toBe(403)
    const first = keyOf((await cli.run(['api-key', ...data('locked')], { env: locked })).stdout)
    const second = keyOf((await cli.run(['api-key', ...data('locked')])).stdout)
    for (const key of [first, second]) {
      const answer = await whoami(server.address, { 'x-api-key': key })
      expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ username: 'langflow' })])
    }
  })

  test('is for the superuser there is, whatever the settings call the first one', async () => {
    const named = { ...locked, LANGFLOW_SUPERUSER: 'grace' }
    await using server = await cli.serve(['--port', '0', ...data('named')], { env: named })
    const key = keyOf((await cli.run(['api-key', ...data('named')])).stdout)
    expect(await (await whoami(server.address, { 'x-api-key': key })).json()).toMatchObject({ username: 'grace' })
  })
})

describe('superuser', () => {
  test('makes one who can log in, and later gives them a new password', async () => {
    await using server = await cli.serve(['--port', '0', ...data('people')], { env: locked })
    const login = async (password: string) => {
      const body = new URLSearchParams({ username: 'ada', password })
      return (await fetch(`${server.address}/api/v1/login`, { method: 'POST', body })).status
    }
    const superuser = (password: string) =>
      cli.run(['superuser', ...data('people'), '--username', 'ada', '--password', password])
    expect(await superuser('analytical engine')).toMatchObject({ code: 0, stdout: 'The superuser ada was made.\n' })
    expect(await login('analytical engine')).toBe(200)
    expect(await superuser('difference engine')).toMatchObject({ code: 0 })
    expect([await login('analytical engine'), await login('difference engine')]).toEqual([401, 200])
  })

  test.each([
    [['--password', 'short'], 'A password has 8 to 128 characters'],
    [[], 'No password was given'],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await cli.run(['superuser', ...data('refused'), '--username', 'ada', ...args])
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)])
  })
})

describe('migrate', () => {
  test('says from where to where', async () => {
    const first = await cli.run(['migrate', ...data('migrated')])
    expect(first.stdout).toMatch(/^The database is new; it is at \d{4}-[\w-]+\.\n$/)
    const second = await cli.run(['migrate', ...data('migrated')])
    expect(second.stdout).toMatch(/^The database is at \d{4}-[\w-]+ already\.\n$/)
  })

  test('leaves the database of a running server alone', async () => {
    await using _server = await cli.serve(['--port', '0', ...data('busy')])
    const { code, stderr } = await cli.run(['migrate', ...data('busy')])
    expect([code, stderr]).toEqual([1, expect.stringContaining('Another process uses the database')])
  })
})
