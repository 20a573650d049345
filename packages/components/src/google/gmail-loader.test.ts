import { fakeGoogle } from '@runnel/testing/fake-google'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { gmailLoader } from './gmail-loader.ts'

const header = (name: string, value: string) => ({ name, value })
const plain = (text: string) => ({ mimeType: 'text/plain', body: { data: Buffer.from(text).toString('base64url') } })
const question = {
  threadId: 't',
  payload: { headers: [header('From', 'Ada'), header('Message-ID', '<q>')], ...plain('When? See https://a.test/b') },
}
const answer = {
  threadId: 't',
  payload: {
    headers: [header('from', 'Bob'), header('In-Reply-To', '<q>')],
    mimeType: 'multipart/mixed',
    parts: [
      {
        mimeType: 'multipart/alternative',
        parts: [plain('Morgen, früh!\r\nOn Monday Ada wrote:\r\n> When?'), { mimeType: 'text/html', body: {} }],
      },
    ],
  },
}
const picture = { threadId: 'p', payload: { headers: [header('From', 'Eve')], mimeType: 'image/png', body: {} } }
const BASE = '/gmail/v1/users/me'
const MAILS: Readonly<Record<string, unknown>> = {
  [`${BASE}/messages`]: { messages: [{ id: '1' }, { id: '2' }, { id: '3' }] },
  [`${BASE}/messages/1`]: answer,
  [`${BASE}/messages/2`]: question,
  [`${BASE}/messages/3`]: picture,
  [`${BASE}/threads/t`]: { messages: [question, answer] },
}
const load = (inputs = {}, asked: URL[] = []) => {
  const http = fakeGoogle(({ url }) => {
    asked.push(url)
    return MAILS[url.pathname]
  })
  return runComponent(gmailLoader, { json_string: '{"token":"good"}', ...inputs }, { http })
}

test('reads mails with what they answer, words alone, and leaves out those without text', async () => {
  const asked: URL[] = []
  const { data, $logs } = await load({ label_ids: 'INBOX, WORK', max_results: '3' }, asked)
  expect(data).toMatchObject({
    data: {
      text: [
        {
          messages: [
            { content: 'When See', sender: 'Ada' },
            { content: 'Morgen früh', sender: 'Bob' },
          ],
        },
        { messages: [{ content: 'When See', sender: 'Ada' }] },
      ],
    },
  })
  expect(asked[0]?.search).toBe('?labelIds=INBOX&labelIds=WORK&maxResults=3')
  expect($logs).toEqual([{ name: 'Gmail', entry: expect.stringContaining('No plain text part found in the email.') }])
})

test.each([
  [{ max_results: 'ten' }, 'Write a whole number.'],
  [{ json_string: 'x' }, 'Invalid JSON string'],
  [{ json_string: '{"token":"bad"}' }, 'Error loading documents: Request had invalid authentication credentials.'],
])('says what is wrong with %j', async (inputs, why) => {
  await expect(load(inputs)).rejects.toThrow(why)
})
