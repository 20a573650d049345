import { createHmac } from 'node:crypto'
import { openStorage } from '@runnel/storage/open-storage'
import type { AlertRecord } from '@runnel/storage/records'
import { aFlow, anAlert, aRun, aUser } from '@runnel/storage/test-records'
import { answeringServer, type ServiceAnswer } from '@runnel/testing/answering-server'
import { fakeSmtp } from '@runnel/testing/fake-smtp'
import { expect, test } from 'vitest'
import { createSecrets } from '../auth/secrets.ts'
import { loadConfig } from '../config.ts'
import { createEgress } from '../egress/egress.ts'
import { createAlertChannels } from './alert-channels.ts'
import { webhookBody } from './alert-notice.ts'
import { createAlertWatch } from './alert-watch.ts'
import { createMailer } from './mailer.ts'

const log = { error: () => {} }
const seal = createSecrets('a secret for tests, 32 bytes long').sealFor('alerts')
const MINUTE = 60_000

/** A user with one flow, a clock to turn, and any number of processes that look. */
async function watched(env: Readonly<Record<string, string>> = {}) {
  const storage = await openStorage({ sqlitePath: ':memory:' })
  const { id: userId } = await storage.users.add(aUser())
  const flow = await storage.flows.add(aFlow(userId, { name: 'Support' }))
  let time = Date.now()
  const config = loadConfig({ LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1', ...env })
  const { http } = createEgress(config)
  const now = () => time
  return {
    storage,
    userId,
    flow,
    watch: () =>
      createAlertWatch({
        storage,
        log,
        now,
        channels: createAlertChannels({ http, mailer: createMailer(config), seal }),
      }),
    advance: (ms: number) => {
      time += ms
    },
    add: (part: Partial<AlertRecord>) => storage.alerts.add(anAlert(userId, { flowId: flow.id, ...part })),
    run: (status: 'succeeded' | 'failed') =>
      storage.runs.record({
        run: aRun(userId, flow.id, { status, startedAt: time, endedAt: time }),
        messages: [],
        steps: [],
      }),
    deliveries: async () =>
      (await storage.alerts.events(userId, 10)).map(({ kind, deliveries }) => ({ kind, deliveries })),
    async [Symbol.asyncDispose]() {
      await storage.close()
    },
  }
}

test('a webhook is told once when an alert fires and once when it recovers, signed, also after a restart', async () => {
  await using hook = await answeringServer(() => ({ status: 204 }))
  await using at = await watched()
  const alert = await at.add({ webhookUrl: `${hook.url}/hook`, webhookSecret: seal.encrypt('a secret of mine') })
  await at.run('failed')
  const first = at.watch()
  await first.look()
  await first.look()
  await first.stop()
  const second = at.watch()
  await second.look()
  expect(hook.seen).toMatchObject([
    {
      method: 'POST',
      path: '/hook',
      body: { type: 'alert.fired', value: 100, alert: { id: alert.id, flow_id: at.flow.id, scope: 'Support' } },
    },
  ])
  at.advance(61 * MINUTE)
  await second.look()
  await second.look()
  expect(hook.seen.map(({ body }) => body)).toMatchObject([
    { type: 'alert.fired' },
    { type: 'alert.recovered', value: null },
  ])
  const [event] = (await at.storage.alerts.events(at.userId, 10)).slice(-1)
  if (!event) throw new Error('no event')
  const body = webhookBody({ ...event, alert, scope: 'Support' })
  const signature = createHmac('sha256', 'a secret of mine').update(body).digest('hex')
  expect(hook.seen[0]?.headers['x-runnel-signature']).toBe(`sha256=${signature}`)
})

test('of two processes one looks, and the other goes on when it is gone', async () => {
  await using hook = await answeringServer(() => ({}))
  await using at = await watched()
  await at.add({ webhookUrl: hook.url })
  const [first, second] = [at.watch(), at.watch()]
  await first.look()
  await at.run('failed')
  await second.look()
  expect(hook.seen).toEqual([])
  await Promise.all([first.look(), second.look()])
  expect(hook.seen).toHaveLength(1)
  at.advance(61 * MINUTE)
  await second.look()
  expect(hook.seen.map(({ body }) => body)).toMatchObject([{ type: 'alert.fired' }, { type: 'alert.recovered' }])
})

test('a webhook that does not answer well is tried again later, and given up in the end', async () => {
  const answer: ServiceAnswer = { status: 500 }
  await using hook = await answeringServer(() => answer)
  await using at = await watched()
  await at.add({ webhookUrl: hook.url, measure: 'error_rate', period: '7d' })
  await at.run('failed')
  const watch = at.watch()
  for (const minutes of [0, 1, 5, 15, 60, 600]) {
    at.advance(minutes * MINUTE)
    await watch.look()
    await watch.look()
  }
  expect(hook.seen).toHaveLength(5)
  const error = 'The webhook answered with status 500.'
  expect(await at.deliveries()).toEqual([
    { kind: 'fired', deliveries: [{ channel: 'webhook', state: 'failed', attempts: 5, error }] },
  ])
})

test('a webhook inside the network is not called', async () => {
  await using hook = await answeringServer(() => ({}))
  await using at = await watched({ LANGFLOW_SSRF_ALLOWED_HOSTS: '' })
  await at.add({ webhookUrl: hook.url })
  await at.run('failed')
  await at.watch().look()
  expect(hook.seen).toEqual([])
  expect(await at.deliveries()).toMatchObject([{ deliveries: [{ channel: 'webhook', state: 'waiting', attempts: 1 }] }])
})

test('a letter goes to every address by the mail server of the settings', async () => {
  await using mail = await fakeSmtp()
  await using at = await watched({
    RUNNEL_SMTP_HOST: '127.0.0.1',
    RUNNEL_SMTP_PORT: String(mail.port),
    RUNNEL_SMTP_USER: 'runnel',
    RUNNEL_SMTP_PASSWORD: 'pass',
    RUNNEL_SMTP_FROM: 'Runnel <runnel@example.com>',
  })
  await at.add({
    name: 'No runs\nBcc: eve@example.com',
    measure: 'no_runs',
    threshold: 0,
    emails: ['ada@example.com', 'bob@example.com'],
  })
  await at.watch().look()
  expect(mail.signedIn).toEqual(['runnel:pass'])
  expect(mail.received).toMatchObject([{ from: 'runnel@example.com', to: ['ada@example.com', 'bob@example.com'] }])
  expect(mail.received[0]?.data).toContain('Subject: Alert: No runs Bcc: eve@example.com\n')
  expect(mail.received[0]?.data).toContain('Watches: Support')
  expect(await at.deliveries()).toEqual([
    { kind: 'fired', deliveries: [{ channel: 'email', state: 'delivered', attempts: 1, error: null }] },
  ])
})
