import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { loadConfig } from './config.ts'
import { type RunningServer, startServer } from './main.ts'

const running: RunningServer[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
})

async function start(env: Record<string, string> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'runnel-'))
  const lines: string[] = []
  const config = loadConfig({ LANGFLOW_HOST: '127.0.0.1', LANGFLOW_PORT: '0', LANGFLOW_CONFIG_DIR: dataDir, ...env })
  const server = await startServer(config, { print: (line) => void lines.push(line), drainMs: 60_000 })
  running.push(server)
  return { ...server, config, lines }
}

/** A port somebody else listens on. */
async function takenPort() {
  const other = createServer()
  await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
  return { port: (other.address() as AddressInfo).port, free: () => void other.close() }
}

test('a first start makes user, project and secret, and tells its address', async () => {
  const { address, lines } = await start()
  expect(lines).toEqual([`Runnel listens on ${address}`])
  const me = await (await fetch(`${address}/api/v1/users/whoami`)).json()
  expect(me).toMatchObject({ username: 'langflow', is_superuser: true })
  expect(await (await fetch(`${address}/api/v1/projects/`)).json()).toMatchObject([{ name: 'My Projects' }])
})

test('what was saved is there after the next start', async () => {
  const { address, config, stop } = await start()
  const headers = { 'content-type': 'application/json' }
  await fetch(`${address}/api/v1/flows/`, { method: 'POST', headers, body: '{"name":"kept"}' })
  await stop()
  const again = await startServer(config, { print: () => {} })
  running.push(again)
  expect(await (await fetch(`${again.address}/api/v1/flows/`)).json()).toMatchObject([{ name: 'kept' }])
})

test('a busy port that was asked for stops the start; else the next free one is taken', async () => {
  const { port, free } = await takenPort()
  await expect(start({ LANGFLOW_PORT: String(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  const config = loadConfig({
    LANGFLOW_HOST: '127.0.0.1',
    LANGFLOW_CONFIG_DIR: await mkdtemp(join(tmpdir(), 'runnel-')),
  })
  const lines: string[] = []
  const server = await startServer({ ...config, port }, { print: (line) => void lines.push(line) })
  running.push(server)
  expect(lines[0]).toBe(`Port ${port} is taken.`)
  expect((await fetch(`${server.address}/health`)).status).toBe(200)
  free()
})

test('auto login on an address others can reach stops the start', async () => {
  await expect(start({ LANGFLOW_HOST: '0.0.0.0' })).rejects.toThrow('RUNNEL_ALLOW_INSECURE_AUTO_LOGIN')
})

test('a stop lets open answers end first, and closes the port', async () => {
  const { address, stop } = await start()
  const headers = { expect: '100-continue', 'transfer-encoding': 'chunked' }
  const slow = request(`${address}/api/v1/flows/`, { method: 'POST', headers })
  const answer = once(slow, 'response')
  slow.flushHeaders()
  await once(slow, 'continue')
  const stopped = stop()
  const check = await fetch(`${address}/health_check`)
  expect([check.status, check.headers.get('retry-after')]).toEqual([503, '5'])
  expect((await fetch(`${address}/api/v1/version`)).status).toBe(503)
  slow.end('{"name":"late"}')
  const [{ statusCode }] = await answer
  expect(statusCode).toBe(201)
  await stopped
  await expect(fetch(`${address}/health`)).rejects.toThrow()
})
