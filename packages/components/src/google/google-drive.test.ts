import { fakeGoogle, serviceAccountFile, userCredentials } from '@runnel/testing/fake-google'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { googleDrive } from './google-drive.ts'

const FILES: Readonly<Record<string, unknown>> = {
  '/drive/v3/files/doc': { name: 'Plan', mimeType: 'application/vnd.google-apps.document', modifiedTime: '2026-01-02' },
  '/drive/v3/files/doc/export': 'The plan.',
  '/drive/v3/files/sheet': { name: 'Table', mimeType: 'application/vnd.google-apps.spreadsheet' },
  '/drive/v3/files/sheet/export': 'a,b\n1,2\n',
  '/drive/v3/files/note': { name: 'note.json', mimeType: 'application/json' },
}
const http = fakeGoogle(({ url }) => (url.searchParams.has('alt') ? '{ "a": 1 }' : FILES[url.pathname]))
const load = async (document_id: string, json_string = JSON.stringify(userCredentials)) =>
  (await runComponent(googleDrive, { document_id, json_string }, { http })).docs

test.each([
  [
    'doc',
    { text: 'The plan.', title: 'Plan', source: 'https://docs.google.com/document/d/doc/edit', when: '2026-01-02' },
  ],
  ['sheet', { text: 'a,b\n1,2\n', title: 'Table', source: 'https://docs.google.com/spreadsheets/d/sheet/edit' }],
  ['note', { text: '{"a":1}', title: 'note.json', source: 'https://drive.google.com/file/d/note/view?usp=drivesdk' }],
])('reads %s', async (id, document) => {
  expect(await load(id)).toMatchObject({ data: { text: [document] } })
})

test('is let in with a service account, or a token that is good still', async () => {
  expect(await load('doc', serviceAccountFile)).toMatchObject({ data: { text: [{ title: 'Plan' }] } })
  expect(await load('doc', '{"token":"good"}')).toMatchObject({ data: { text: [{ title: 'Plan' }] } })
})

test.each([
  ['gone', '{"token":"good"}', 'Error loading documents: Not found: /drive/v3/files/gone'],
  ['doc', '{"token":"bad"}', 'Error loading documents: Request had invalid authentication credentials.'],
  ['doc', JSON.stringify({ ...userCredentials, refresh_token: 'x' }), 'Authentication error: Unable to refresh'],
  ['doc', 'text', 'Invalid JSON string'],
  [' ', '{}', 'Expected a single document ID'],
])('says what is wrong with %s and %s', async (id, json, why) => {
  await expect(load(id, json)).rejects.toThrow(why)
})
