import { createAlert, deleteAlert, listAlerts, replaceAlert, testAlert } from '@runnel/protocol/alerts'
import { createFlow } from '@runnel/protocol/flows'
import { answeringServer } from '@runnel/testing/answering-server'
import { fakeSmtp } from '@runnel/testing/fake-smtp'
import { expect, test } from 'vitest'
import { testApp } from '../test-app.ts'

const failures = { name: 'Failures', measure: 'error_rate', threshold: 10, window: '1h' } as const
const webhook_url = 'https://example.com/hook'

test('an alert is made, listed, changed and removed; its secret is never shown', async () => {
  const { client, close } = await testApp({ user: 'ada' })
  const made = await client.call(createAlert, {
    body: { ...failures, webhook_url, webhook_secret: 'a secret of mine' },
  })
  expect(made).toEqual({
    ...failures,
    id: made.id,
    emails: [],
    enabled: true,
    flow_id: null,
    project_id: null,
    webhook_url,
    has_webhook_secret: true,
    state: 'ok',
    since: null,
    value: null,
    checked_at: null,
  })
  expect(await client.call(listAlerts, {})).toEqual({ alerts: [made], events: [], can_email: false })
  const params = { alert_id: made.id }
  const changed = await client.call(replaceAlert, { params, body: { ...failures, threshold: 20, webhook_url } })
  expect(changed).toEqual({ ...made, threshold: 20 })
  await client.call(deleteAlert, { params })
  expect(await client.call(listAlerts, {})).toMatchObject({ alerts: [] })
  await expect(client.call(deleteAlert, { params })).rejects.toMatchObject({ status: 404 })
  await close()
})

test('an alert watches only what is one’s own, and has somebody to tell and a bound', async () => {
  const { client, person, close } = await testApp({ user: 'ada' })
  const { client: eve } = await person('eve')
  const flow = await client.call(createFlow, { body: { name: 'Mine' } })
  const made = await client.call(createAlert, { body: { ...failures, webhook_url, flow_id: flow.id } })
  const params = { alert_id: made.id }
  const add = (part: object) => eve.call(createAlert, { body: { ...failures, webhook_url, ...part } })
  await expect(add({ flow_id: flow.id })).rejects.toMatchObject({ status: 404 })
  await expect(add({ webhook_url: null })).rejects.toMatchObject({ status: 422 })
  await expect(add({ threshold: 0 })).rejects.toMatchObject({ status: 422 })
  await expect(add({ threshold: 101 })).rejects.toMatchObject({ status: 422 })
  await expect(add({ webhook_url: 'file:///etc/passwd' })).rejects.toMatchObject({ status: 422 })
  await expect(eve.call(replaceAlert, { params, body: { ...failures, webhook_url } })).rejects.toMatchObject({
    status: 404,
  })
  await expect(eve.call(testAlert, { params })).rejects.toMatchObject({ status: 404 })
  expect(await eve.call(listAlerts, {})).toMatchObject({ alerts: [] })
  await close()
})

test('a test sends a sample to each channel and says how it went', async () => {
  await using mail = await fakeSmtp({ refuses: ['nobody@example.com'] })
  await using hook = await answeringServer(() => ({ status: 200 }))
  const { client, close } = await testApp({
    user: 'ada',
    env: {
      LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1',
      RUNNEL_SMTP_HOST: '127.0.0.1',
      RUNNEL_SMTP_PORT: String(mail.port),
      RUNNEL_SMTP_FROM: 'runnel@example.com',
    },
  })
  const body = { ...failures, webhook_url: hook.url, emails: ['ada@example.com'] }
  const { id } = await client.call(createAlert, { body })
  const params = { alert_id: id }
  const delivered = { state: 'delivered', attempts: 1, error: null }
  expect(await client.call(testAlert, { params })).toEqual({
    deliveries: [
      { channel: 'email', ...delivered },
      { channel: 'webhook', ...delivered },
    ],
  })
  expect(hook.seen.map((request) => request.body)).toMatchObject([{ type: 'alert.test', alert: { name: 'Failures' } }])
  expect(mail.received.map(({ to }) => to)).toEqual([['ada@example.com']])
  await client.call(replaceAlert, { params, body: { ...body, emails: ['nobody@example.com'] } })
  const { deliveries } = await client.call(testAlert, { params })
  expect(deliveries).toMatchObject([{ channel: 'email', state: 'failed' }, { state: 'delivered' }])
  expect(await client.call(listAlerts, {})).toMatchObject({ can_email: true, events: [] })
  await close()
})
