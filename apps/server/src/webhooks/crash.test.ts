import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStorage, type Storage } from '@runnel/storage/open-storage'
import { childEnv } from '@runnel/testing/child-env'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { modelFlow } from '../test-flows.ts'
import { hookFlow, hookModelFlow } from './test-webhook.ts'

const PATIENCE = { timeout: 100_000, interval: 20 }
/** Servers are started again and again. */
const LONG = { timeout: 600_000 }
/** Runs of one flow at once. */
const AT_ONCE = Math.max(4, 2 * availableParallelism())

let dataDir: string
const children = new Set<ChildProcess>()
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'runnel-crash-'))
})
afterEach(async () => {
  for (const child of children) {
    child.kill('SIGKILL')
    await exited(child)
  }
  children.clear()
  rmSync(dataDir, { recursive: true, force: true })
})

const exited = async (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null ? child.exitCode : (await once(child, 'exit'))[0]

async function startServer({ drainMs = 10_000 } = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'test-server.ts'), String(drainMs)], {
    env: {
      ...childEnv(),
      LANGFLOW_CONFIG_DIR: dataDir,
      LANGFLOW_HOST: '127.0.0.1',
      LANGFLOW_PORT: '0',
      LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.add(child)
  let printed = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    printed += chunk
    const [address] = /http:\S+/.exec(printed) ?? []
    if (address) return { address, child }
  }
  throw new Error(`The server did not start: ${printed}`)
}

async function post(address: string, path: string, body: unknown): Promise<Record<string, string>> {
  const answer = await fetch(address + path, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Record<string, string>
}
const addFlow = async (address: string, data: unknown) =>
  String((await post(address, '/api/v1/flows/', { name: 'hooked', data })).id)
const call = (address: string, flowId: string, n: number) => post(address, `/api/v1/webhook/${flowId}`, { n })

/** A model that says which `n` it was asked about, when it is told to; and counts how often it was asked. */
async function createModel(answer: (say: () => void, n: number) => void) {
  const asked: number[] = []
  const server = createServer(async (request, response: ServerResponse) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const n = Number(/n\W+(\d+)/.exec(text.slice(text.indexOf('messages')))?.[1])
    asked.push(n)
    const message = { role: 'assistant', content: `about {"n": ${n}}` }
    const body = JSON.stringify({ choices: [{ index: 0, message, finish_reason: 'stop' }] })
    answer(() => void response.writeHead(200, { 'content-type': 'application/json' }).end(body), n)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What the stopped server has stored. */
async function kept(flowId: string) {
  const storage: Storage = await openStorage({ sqlitePath: join(dataDir, 'runnel.db') })
  const [{ id: userId } = { id: '' }] = await storage.users.list()
  const runs = await storage.runs.list({ userId, flowId, limit: 1000 })
  const messages = await storage.messages.find({ userId, flowId, includeErrors: true })
  const nodes = await Promise.all(
    runs.map(async ({ id }) => (await storage.runs.steps(userId, id)).map((step) => step.nodeId)),
  )
  const loads = await storage.jobs.loads()
  await storage.close()
  return { runs, messages, nodes, loads }
}

/** Resolves when no run waits or is being worked on. */
async function allEnded(): Promise<void> {
  const storage = await openStorage({ sqlitePath: join(dataDir, 'runnel.db'), besideServer: true })
  await vi.waitUntil(async () => (await storage.jobs.loads()).length === 0, PATIENCE)
  await storage.close()
}

async function stop(child: ChildProcess): Promise<number | null> {
  child.kill('SIGTERM')
  return exited(child)
}

test('killed in the middle of a job, it ends it after the next start and tells its answer', LONG, async () => {
  await using model = await createModel((say) => {
    // The first one that asks is killed before it hears.
    if (model.asked.length > 1) say()
  })
  const first = await startServer()
  const flow_id = await addFlow(first.address, modelFlow(model.url, { stream: false }))
  const body = { flow_id, input_value: '{"n": 7}', mode: 'background' }
  const { job_id } = await post(first.address, '/api/v2/workflows', body)
  await vi.waitUntil(() => model.asked.length === 1, PATIENCE)
  first.child.kill('SIGKILL')
  await exited(first.child)

  const { address, child } = await startServer()
  const read = async () => (await fetch(`${address}/api/v2/workflows?job_id=${job_id}`)).json()
  await expect
    .poll(read, PATIENCE)
    .toMatchObject({ status: 'completed', output: { reason: 'single', text: 'about {"n": 7}' } })
  expect(model.asked).toEqual([7, 7])
  expect(await stop(child)).toBe(0)
})

test('killed again and again, it ends every accepted run once', LONG, async () => {
  await using model = await createModel((say) => void setTimeout(say, 100))
  const accepted: string[] = []
  const numbers: number[] = []
  let flowId = ''
  let n = 0
  for (let round = 0; round < 3; round++) {
    const { address, child } = await startServer()
    flowId ||= await addFlow(address, hookModelFlow(model.url))
    const before = model.asked.length
    const calls = Array.from({ length: 12 }, async () => {
      const number = n++
      // Whoever is cut off gets no answer.
      const answer = await call(address, flowId, number).catch(() => undefined)
      if (!answer) return
      accepted.push(String(answer.task_id))
      numbers.push(number)
    })
    await vi.waitUntil(() => model.asked.length >= before + 3, PATIENCE)
    child.kill('SIGKILL')
    await exited(child)
    await Promise.all(calls)
  }
  expect(accepted.length).toBeGreaterThan(0)

  const { child } = await startServer()
  await allEnded()
  expect(await stop(child)).toBe(0)
  const { runs, messages, nodes, loads } = await kept(flowId)
  expect(loads).toEqual([])
  expect(new Set(runs.map(({ status }) => status))).toEqual(new Set(['succeeded']))
  expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining(accepted))
  expect(messages).toHaveLength(runs.length)
  expect(new Set(messages.map(({ run_id }) => run_id)).size).toBe(runs.length)
  const texts = messages.map(({ text }) => text)
  expect(new Set(texts).size).toBe(texts.length)
  for (const number of numbers) expect(texts).toContain(`about {"n": ${number}}`)
  for (const ids of nodes) expect(ids.toSorted()).toEqual([...new Set(ids)].toSorted())
  expect(nodes.every((ids) => ids.length === 4)).toBe(true)
  expect(model.asked.length).toBeLessThanOrEqual(runs.length + 3 * AT_ONCE)
})

test('a repetition goes on behind the steps that were done', LONG, async () => {
  let isHanging = true
  await using first = await createModel((say) => say())
  await using second = await createModel((say) => {
    if (!isHanging) say()
  })
  const begun = await startServer()
  const flowId = await addFlow(begun.address, hookModelFlow(first.url, second.url))
  await call(begun.address, flowId, 7)
  await vi.waitUntil(() => second.asked.length === 1, PATIENCE)
  await vi.waitUntil(async () => {
    const builds = await fetch(`${begun.address}/api/v1/monitor/builds?flow_id=${flowId}`)
    return (await builds.text()).includes('OpenAIModel-ask')
  }, PATIENCE)
  begun.child.kill('SIGKILL')
  await exited(begun.child)

  isHanging = false
  const { child } = await startServer()
  await allEnded()
  expect(await stop(child)).toBe(0)
  expect([first.asked, second.asked]).toEqual([[7], [7, 7]])
  const { runs, messages, nodes } = await kept(flowId)
  expect(runs).toMatchObject([{ status: 'succeeded' }])
  expect(messages.map(({ text }) => text)).toEqual(['about {"n": 7}'])
  expect(nodes[0]?.toSorted()).toEqual([
    'ChatOutput-say',
    'OpenAIModel-ask',
    'OpenAIModel-second',
    'ParserComponent-text',
    'Webhook-hook',
  ])
})

test('what has ended is the same after a crash', LONG, async () => {
  const begun = await startServer()
  const flowId = await addFlow(begun.address, hookFlow())
  await call(begun.address, flowId, 1)
  await allEnded()
  const list = async (address: string) => (await fetch(`${address}/api/v1/monitor/messages?flow_id=${flowId}`)).json()
  const before = await list(begun.address)
  begun.child.kill('SIGKILL')
  await exited(begun.child)
  const { address, child } = await startServer()
  expect(await list(address)).toEqual(before)
  expect(await stop(child)).toBe(0)
})

test('told to end, it lets runs finish in time', LONG, async () => {
  const waiting: (() => void)[] = []
  await using model = await createModel((say) => void waiting.push(say))
  const { address, child } = await startServer({ drainMs: 60_000 })
  const flowId = await addFlow(address, hookModelFlow(model.url))
  await call(address, flowId, 1)
  await vi.waitUntil(() => waiting.length === 1, PATIENCE)
  child.kill('SIGTERM')
  await vi.waitUntil(async () => (await fetch(`${address}/health_check`)).status === 503, PATIENCE)
  const late = await fetch(`${address}/api/v1/webhook/${flowId}`, { method: 'POST', body: '{"n":2}' })
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '5'])
  waiting[0]?.()
  expect(await exited(child)).toBe(0)
  expect((await kept(flowId)).runs).toMatchObject([{ status: 'succeeded' }])
})

test('told to end, it keeps what cannot finish in time for the next start', LONG, async () => {
  let isHanging = true
  await using model = await createModel((say) => {
    if (!isHanging) say()
  })
  const begun = await startServer({ drainMs: 50 })
  const flowId = await addFlow(begun.address, hookModelFlow(model.url))
  await call(begun.address, flowId, 3)
  await vi.waitUntil(() => model.asked.length === 1, PATIENCE)
  expect(await stop(begun.child)).toBe(0)
  expect((await kept(flowId)).runs).toMatchObject([{ status: 'queued' }])

  isHanging = false
  const { child } = await startServer()
  await allEnded()
  expect(await stop(child)).toBe(0)
  const { runs, messages } = await kept(flowId)
  expect(runs).toMatchObject([{ status: 'succeeded' }])
  expect(messages.map(({ text }) => text)).toEqual(['about {"n": 3}'])
})
