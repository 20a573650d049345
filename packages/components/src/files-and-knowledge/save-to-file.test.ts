import { signed } from '@runnel/models/embeddings/aws-signature'
import { data, dataFrame, message } from '@runnel/sdk'
import { fakeGoogle, serviceAccountFile } from '@runnel/testing/fake-google'
import { fakeS3 } from '@runnel/testing/fake-s3'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { readWorkbook } from '../shared/spreadsheet.ts'
import { contentOf, writeFormat } from '../shared/written-file.ts'
import { saveToFile } from './save-to-file.ts'

const table = dataFrame([
  { name: 'Ann "A"', n: 1 },
  { name: 'Bob', n: null },
])
const json = data({ a: 1, b: [true] })
const said = message('Hello')

async function saved(inputs: Readonly<Record<string, unknown>>, existing?: Readonly<Record<string, string>>) {
  const files = Object.entries(existing ?? {}).map(([name, text]) => [
    `user-1/${name}`,
    { name, mediaType: '', bytes: new TextEncoder().encode(text) },
  ])
  const run = await runComponent(
    saveToFile,
    { file_name: 'out', ...inputs },
    {
      files: Object.fromEntries(files),
      outputs: ['message'],
    },
  )
  return { ...run.$saved, said: (run.message as { readonly text: string }).text }
}

test.each([
  [table, 'csv', { 'out.csv': 'name,n\n"Ann ""A""",1\nBob,\n' }],
  [table, 'json', { 'out.json': JSON.stringify(table.rows, null, 2) }],
  [table, 'markdown', { 'out.md': expect.stringContaining('| Bob') }],
  [json, 'json', { 'out.json': JSON.stringify({ a: 1, b: [true] }, null, 2) }],
  [json, 'csv', { 'out.csv': 'a,b\n1,[true]\n' }],
  [said, 'txt', { 'out.txt': 'Hello' }],
  [said, 'json', { 'out.json': '{\n  "message": "Hello"\n}' }],
  [said, 'markdown', { 'out.md': '**Message:**\n\nHello' }],
  ['[{"a": 1}, {"a": 2}]', 'csv', { 'out.csv': 'a\n1\n2\n' }],
  ['plain words', 'txt', { 'out.txt': 'plain words' }],
])('writes %o as %s', async (input, local_format, expected) => {
  expect(await saved({ input, local_format })).toMatchObject(expected)
})

test('writes workbooks that can be read again', async () => {
  const bytes = await writeFormat(contentOf(table), 'excel', undefined)
  expect(await readWorkbook(bytes)).toEqual([
    { name: 'Ann "A"', n: 1 },
    { name: 'Bob', n: null },
  ])
})

test('says where the file is, by the kind of its content', async () => {
  expect((await saved({ input: table })).said).toBe("DataFrame saved successfully as 'out.json' at user-1/out.json")
  expect((await saved({ input: said, file_name: 'a.json' })).said).toBe(
    "Message saved successfully as 'a.json' at user-1/a.json",
  )
})

test.each([
  [table, 'csv', 'name,n\nZoe,0', 'name,n\nZoe,0\n"Ann ""A""",1\nBob,\n'],
  [said, 'txt', 'Before', 'Before\nHello'],
  [said, 'markdown', 'Before', 'Before\n\n**Message:**\n\nHello'],
  [json, 'json', '[1]', JSON.stringify([1, { a: 1, b: [true] }], null, 2)],
])('adds %o to a file of %s', async (input, local_format, before, after) => {
  const endings: Readonly<Record<string, string>> = { markdown: 'md' }
  const name = `out.${endings[local_format] ?? local_format}`
  const run = await saved({ input, local_format, append_mode: true }, { [name]: before })
  expect(run).toMatchObject({ [name]: after, said: expect.stringContaining(`appended to '${name}'`) })
})

test.each([
  [{ input: said, file_name: ' ' }, 'File name must be provided.'],
  [{ input: said, file_name: '../up' }, 'Local file name must be a file name only'],
  [{ input: said, file_name: 'C:\\up' }, 'Local file name must be a file name only'],
  [{ input: said, file_name: '..' }, 'Local file name must be a file name only'],
  [{ input: said, local_format: 'csv' }, "Invalid file format 'csv' for Message. Allowed: txt, html, json, markdown"],
  [{ input: table, local_format: 'txt' }, "Invalid file format 'txt' for DataFrame"],
  [{ input: 7 }, 'Unsupported input type: 7'],
  [{ input: said, storage_location: [] }, 'Storage location must be selected.'],
  [{ input: said, storage_location: [{ name: 'AWS' }] }, 'AWS Access Key ID is required for AWS storage.'],
  [
    { input: said, storage_location: [{ name: 'AWS' }], aws_format: 'zip' },
    'Files of the format zip cannot be written here.',
  ],
])('says what is wrong with %o', async (inputs, why) => {
  await expect(saved(inputs)).rejects.toThrow(why)
})

test('writes what nodes of 1.4 were given, under the name of their path', async () => {
  const dynamic = { input_type: 'DataFrame', df: table, file_format: 'csv', file_path: './data/old.csv' }
  const run = await runComponent(saveToFile, {}, { dynamic, outputs: ['confirmation'] })
  expect(run.confirmation).toMatchObject({ text: "DataFrame saved successfully as 'old.csv'" })
})

test.each([
  [said, 'txt', 'out.txt', 'Hello'],
  [said, 'csv', 'out.csv', 'Hello'],
  [table, 'csv', 'out.csv', 'name,n\n"Ann ""A""",1\nBob,\n'],
  [json, 'json', 'out.json', JSON.stringify({ a: 1, b: [true] }, null, 2)],
  [json, 'log', 'out.log', JSON.stringify({ a: 1, b: [true] }, null, 2)],
])('writes to a bucket: %o as %s', async (input, aws_format, name, text) => {
  const { kept, http } = fakeS3(signed)
  const account = { aws_access_key_id: 'AKIA', aws_secret_access_key: 'secret', aws_region: 'eu-west-1' }
  const place = { storage_location: [{ name: 'AWS' }], bucket_name: 'my-bucket', s3_prefix: 'notes/' }
  const asked = { ...account, ...place, input, aws_format, file_name: 'out' }
  const run = await runComponent(saveToFile, asked, { http, outputs: ['message'] })
  expect(run.message).toMatchObject({ text: `File successfully uploaded to s3://my-bucket/notes/${name}` })
  expect([...kept]).toEqual([[`https://my-bucket.s3.eu-west-1.amazonaws.com/notes/${name}`, text]])
})

test.each([
  ['txt', 'out.txt', 'https://drive.google.com/file/d/1/view?usp=drivesdk', undefined],
  ['docs', 'out', 'https://docs.google.com/document/d/1/edit', 'application/vnd.google-apps.document'],
])('writes to Google Drive as %s', async (gdrive_format, name, address, mimeType) => {
  const sent: unknown[] = []
  const http = fakeGoogle(({ body }) => {
    sent.push(body)
    return { id: '1' }
  })
  const drive = {
    storage_location: [{ name: 'Google Drive' }],
    service_account_key: serviceAccountFile,
    folder_id: 'f',
  }
  const asked = { ...drive, input: said, file_name: 'out', gdrive_format }
  const run = await runComponent(saveToFile, asked, { http, outputs: ['message'] })
  expect(run.message).toMatchObject({ text: `File successfully uploaded to Google Drive: ${address}` })
  expect(String(sent[0])).toContain(JSON.stringify({ name, parents: ['f'], ...(mimeType && { mimeType }) }))
  expect(String(sent[0])).toContain('content-type: text/plain\r\n\r\nHello\r\n--part-')
})
