import { type FakeService, httpOf, type ServiceRequest } from '@runnel/testing/answering-server'
import { runComponent } from '@runnel/testing/run-component'
import { toolsGiven } from '@runnel/testing/tools-given'
import { expect, test } from 'vitest'
import { gmail } from './gmail.ts'

const send = {
  slug: 'GMAIL_SEND_EMAIL',
  name: 'Send Email',
  description: 'Sends a mail.',
  input_parameters: { type: 'object', properties: { recipient_email: { type: 'string' }, body: { type: 'string' } } },
}
const fetchMails = { slug: 'GMAIL_FETCH_EMAILS', name: 'Fetch emails', description: 'Finds mails.' }

/** Composio with an account of `ada`, which refuses a mail without a body. */
const composio: FakeService = ({ path, headers, body }) => {
  if (headers['x-api-key'] !== 'key') return { status: 401, body: { error: 'Invalid API key' } }
  if (path.startsWith('/api/v3/tools?toolkit_slug=gmail')) return { body: { items: [send, fetchMails] } }
  const { user_id, arguments: given } = Object(body)
  if (user_id !== 'ada') return { body: { successful: false, error: 'No connected account found', data: {} } }
  if (path.endsWith('/GMAIL_FETCH_EMAILS')) return { body: { successful: true, data: [{ subject: 'Hello' }] } }
  return { body: { successful: true, data: { id: 'm-1', to: given.recipient_email } } }
}
const gmailWith = (seen: (ServiceRequest & { readonly url: string })[] = []) => ({ http: httpOf(composio, seen) })
const account = { api_key: 'key', entity_id: 'ada' }

test('gives an agent every action, under names that files of any version have', async () => {
  const seen: (ServiceRequest & { readonly url: string })[] = []
  const tools = await toolsGiven(gmail, account, gmailWith(seen))
  expect(tools).toMatchObject([
    { name: 'GMAIL_SEND_EMAIL', tags: ['GMAIL_SEND_EMAIL', 'gmail_send_email'], inputSchema: send.input_parameters },
    { name: 'GMAIL_FETCH_EMAILS', inputSchema: { type: 'object', properties: {} } },
  ])
  const answer = await tools[0]?.call({ recipient_email: 'b@c.test', body: 'Hi' }, new AbortController().signal)
  expect(answer).toEqual({ id: 'm-1', to: 'b@c.test' })
  expect(seen.at(-1)).toMatchObject({
    url: 'https://backend.composio.dev/api/v3/tools/execute/GMAIL_SEND_EMAIL',
    body: { user_id: 'ada', arguments: { recipient_email: 'b@c.test', body: 'Hi' } },
  })
})

test('does the chosen action once for both outputs, with the fields of the node', async () => {
  const seen: (ServiceRequest & { readonly url: string })[] = []
  const dynamic = { recipient_email: 'b@c.test', GMAIL_SEND_EMAIL_body: 'Hi', cc: 'x' }
  const inputs = { ...account, action_button: [{ name: 'Send Email' }] }
  const run = await runComponent(gmail, inputs, { ...gmailWith(seen), dynamic })
  expect(run.dataFrame).toMatchObject({ rows: [{ id: 'm-1', to: 'b@c.test' }] })
  expect(run.text).toMatchObject({ text: '{"id":"m-1","to":"b@c.test"}' })
  expect(seen.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
    { user_id: 'ada', arguments: { recipient_email: 'b@c.test', body: 'Hi' } },
  ])
  const list = await runComponent(gmail, { ...account, action_button: [{ name: 'Fetch Emails' }] }, gmailWith())
  expect(list.dataFrame).toMatchObject({ rows: [{ subject: 'Hello' }] })
})

test.each([
  [{ action_button: [] }, 'No action is chosen'],
  [{ action_button: [{ name: 'Fly' }] }, "Composio has no action 'Fly'"],
  [{ action_button: [{ name: 'Send Email' }], entity_id: 'bob' }, 'No connected account found'],
  [{ action_button: [{ name: 'Send Email' }], api_key: '' }, 'The Composio API key is missing'],
  [{ action_button: [{ name: 'Send Email' }], api_key: 'x' }, '401'],
])('says what is wrong with %j', async (inputs, why) => {
  await expect(runComponent(gmail, { ...account, ...inputs }, gmailWith())).rejects.toThrow(why)
})
