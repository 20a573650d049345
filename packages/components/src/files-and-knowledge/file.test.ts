import { gzipSync } from 'node:zlib'
import { signed } from '@runnel/models/embeddings/aws-signature'
import { data, message, type StoredFile } from '@runnel/sdk'
import { fakeGoogle, serviceAccountFile } from '@runnel/testing/fake-google'
import { fakeS3 } from '@runnel/testing/fake-s3'
import { pdf } from '@runnel/testing/pdf'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { cellText } from '../shared/csv.ts'
import { writeWorkbook } from '../shared/spreadsheet.ts'
import { zipOf } from '../shared/zip-writer.ts'
import { file } from './file.ts'

const stored = (name: string, content: string | Uint8Array, mediaType = ''): StoredFile => ({
  name,
  mediaType,
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
})

function docx(...paragraphs: readonly string[]): Uint8Array {
  const relations = 'http://schemas.openxmlformats.org/package/2006/relationships'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
  const body = paragraphs.map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('')
  return zipOf([
    [
      '[Content_Types].xml',
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}" Target="word/document.xml"/></Relationships>`,
    ],
    [
      'word/document.xml',
      `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`,
    ],
  ])
}

const files = Object.fromEntries(
  [
    stored('note.txt', 'Grüße', 'text/plain'),
    stored('old.txt', new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65])),
    stored('wide.txt', new Uint8Array([0xff, 0xfe, 0x48, 0, 0x69, 0])),
    stored('page.html', '<p>Hi</p>', 'text/html'),
    stored('object.json', '{\n  "a": "ﬁne",\n  "b": [1, 2]\n}', 'application/json'),
    stored('list.json', '[1, 2]', 'application/json'),
    stored('broken.json', '{', 'application/json'),
    stored('table.csv', 'name,age,ok\n"Ann, Ms",41,true\nBob,,false\n', 'text/csv'),
    stored(
      'book.xlsx',
      writeWorkbook(
        ['name', 'age'],
        [
          { name: 'Ann & <Co>', age: 41 },
          { name: null, age: 2.5 },
        ],
        cellText,
      ),
    ),
    stored('report.pdf', pdf('First page', 'Second page'), 'application/pdf'),
    stored('letter.docx', docx('Dear Ann', 'Yours')),
    stored('cat.png', new Uint8Array([1, 2, 3]), 'image/png'),
    stored('program.exe', new Uint8Array([1])),
    stored(
      'all.zip',
      zipOf([
        ['a/one.txt', 'One'],
        ['__MACOSX/one.txt', 'x'],
        ['a/.hidden', 'y'],
        ['two.md', '# Two'],
      ]),
    ),
    stored('log.txt.gz', gzipSync('packed')),
  ].map((one) => [`user/${one.name}`, one]),
)

const read = (inputs: Readonly<Record<string, unknown>>, ...outputs: readonly string[]) =>
  runComponent(file, inputs, { files, outputs: outputs.length > 0 ? outputs : ['message'] })

test.each([
  ['note.txt', 'Grüße'],
  ['old.txt', 'Grüße'],
  ['wide.txt', 'Hi'],
  ['page.html', '<p>Hi</p>'],
  ['object.json', '{"a":"fine","b":[1,2]}'],
  ['table.csv', 'name,age,ok\n"Ann, Ms",41,true\nBob,,false\n'],
  ['book.xlsx', 'name,age\nAnn & <Co>,41\n,2.5\n'],
  ['report.pdf', 'First page\n\nSecond page'],
  ['letter.docx', 'Dear Ann\n\nYours'],
  ['all.zip', 'One\n\n# Two'],
  ['log.txt.gz', 'packed'],
])('reads the text of %s', async (name, text) => {
  const { message } = await read({ path: [`user/${name}`] })
  expect(message).toMatchObject({ text })
})

test('joins texts with the separator and names the first file', async () => {
  const { message, path } = await read(
    { path: ['user/note.txt', 'user/page.html'], separator: ' | ' },
    'message',
    'path',
  )
  expect(message).toMatchObject({
    text: 'Grüße | <p>Hi</p>',
    extra: { filename: 'note.txt', file_size: 7, mimetype: 'text/plain' },
  })
  expect(path).toMatchObject({ text: 'user/note.txt\nuser/page.html' })
})

test('hands images on', async () => {
  const { message } = await read({ path: ['user/note.txt', 'user/cat.png'] })
  expect(message).toMatchObject({ text: 'Grüße', files: ['user/cat.png'] })
})

test.each([
  [
    'table.csv',
    [
      { name: 'Ann, Ms', age: 41, ok: true },
      { name: 'Bob', age: null, ok: false },
    ],
  ],
  [
    'book.xlsx',
    [
      { name: 'Ann & <Co>', age: 41 },
      { name: null, age: 2.5 },
    ],
  ],
])('gives the rows of %s', async (name, rows) => {
  const { dataframe } = await read({ path: [`user/${name}`] }, 'dataframe')
  expect(dataframe).toMatchObject({ rows })
})

test('gives a row for each of several files, whatever they are', async () => {
  const { dataframe, data } = await read({ path: ['user/note.txt', 'user/table.csv'] }, 'dataframe', 'data')
  expect(dataframe).toMatchObject({ columns: ['file_path', 'text'], rows: [{ text: 'Grüße' }, {}] })
  expect(data).toMatchObject([{ data: { file_path: 'user/note.txt', text: 'Grüße' } }, {}])
})

test.each([
  ['object.json', { a: 'fine', b: [1, 2] }],
  ['list.json', { value: '[1,2]' }],
])('gives the object in %s', async (name, expected) => {
  const { json } = await read({ path: [`user/${name}`] }, 'json')
  expect(json).toMatchObject({ data: expected })
})

test('reads what an edge names rather than what was chosen', async () => {
  const path = ['user/note.txt']
  const byData = await read({ path, file_path: [data({ file_path: 'user/page.html' })] })
  expect(byData.message).toMatchObject({ text: '<p>Hi</p>' })
  const byMessage = await read({ path, file_path: [message('user/page.html')] })
  expect(byMessage.message).toMatchObject({ text: '<p>Hi</p>' })
  await expect(read({ file_path: [data({ other: 1 })] })).rejects.toThrow("missing 'file_path'")
})

test.each([
  [{}, 'No files to process.'],
  [{ path: ['user/gone.txt'] }, 'Error loading file user/gone.txt: File user/gone.txt not found'],
  [{ path: ['../../etc/passwd'] }, 'Error loading file ../../etc/passwd'],
  [{ path: ['user/broken.json'] }, 'broken.json cannot be read'],
  [{ path: ['user/program.exe'], ignore_unsupported_extensions: false }, 'Files such as program.exe cannot be read'],
  [{ path: ['user/note.txt'], storage_location: [{ name: 'AWS' }] }, 'AWS Access Key ID is required for AWS storage.'],
  [{ storage_location: [{ name: 'Google Drive' }], file_id: 'x' }, 'GCP Credentials Secret Key is required'],
  [{ path: ['user/note.txt'], text_encoding: 'klingon' }, 'There is no text encoding klingon'],
])('says what is wrong with %j', async (inputs, why) => {
  await expect(read(inputs)).rejects.toThrow(why)
})

test('refuses archives and documents that unpack to more than they may', async () => {
  const bomb = zipOf([['word/document.xml', ' '.repeat(50_000_000)]])
  // The size that is declared, 50 MB, is written as 1 KB.
  const view = Buffer.from(bomb)
  view.writeUInt32LE(1000, view.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24)
  const stuffed = Object.fromEntries(['a.docx', 'a.xlsx', 'a.zip'].map((name) => [name, stored(name, view)]))
  for (const name of Object.keys(stuffed)) {
    await expect(runComponent(file, { path: [name] }, { files: stuffed, outputs: ['message'] })).rejects.toThrow(
      'is broken or too large',
    )
  }
})

test('leaves out what cannot be read when told to', async () => {
  const path = ['user/broken.json', 'user/gone.txt', 'user/program.exe', 'user/note.txt']
  const { message, $logs } = await read({ path, silent_errors: true })
  expect(message).toMatchObject({ text: 'Grüße' })
  expect($logs).toHaveLength(3)
})

const s3 = {
  storage_location: [{ name: 'AWS' }],
  aws_access_key_id: 'AKIA',
  aws_secret_access_key: 'secret',
  aws_region: 'eu-west-1',
  bucket_name: 'my-bucket',
}

test('reads a file of a bucket', async () => {
  const { http } = fakeS3(signed, { 'https://my-bucket.s3.eu-west-1.amazonaws.com/a%20b/table.csv': 'a,b\n1,2\n' })
  const outputs = ['message', 'dataframe', 'path']
  const run = await runComponent(file, { ...s3, s3_file_key: 'a b/table.csv' }, { http, outputs })
  expect(run.message).toMatchObject({ text: 'a,b\n1,2\n', extra: { filename: 'table.csv' } })
  expect(run.dataframe).toMatchObject({ rows: [{ a: 1, b: 2 }] })
  expect(run.path).toMatchObject({ text: 'a b/table.csv' })
  const gone = runComponent(file, { ...s3, s3_file_key: 'gone' }, { http, outputs: ['message'] })
  await expect(gone).rejects.toThrow('404 - <Code>NoSuchKey</Code>')
})

test('reads a file of Google Drive', async () => {
  const plan = { name: 'Plan', mimeType: 'application/vnd.google-apps.document' }
  const http = fakeGoogle(({ url }) => (url.pathname.endsWith('/export') ? 'The plan.' : plan))
  const drive = {
    storage_location: [{ name: 'Google Drive' }],
    service_account_key: serviceAccountFile,
    file_id: 'doc',
  }
  const { message: said } = await runComponent(file, drive, { http, outputs: ['message'] })
  expect(said).toMatchObject({ text: 'The plan.', extra: { filename: 'Plan.txt' } })
})

test('shows the fields of the place that is chosen', () => {
  const shown = (storage_location: unknown) =>
    Object.entries(file.dynamicInputs?.({ storage_location }) ?? {}).flatMap(([name, { attributes }]) =>
      attributes.show ? [name] : [],
    )
  expect(shown([{ name: 'Google Drive' }])).toEqual(['service_account_key', 'file_id'])
  expect(shown('')).toEqual(['path', 'file_path'])
})
