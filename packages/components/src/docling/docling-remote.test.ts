import { data } from '@runnel/sdk'
import { httpOf, type ServiceRequest } from '@runnel/testing/answering-server'
import { fakeDocling } from '@runnel/testing/fake-docling'
import { runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { doclingRemote } from './docling-remote.ts'

const file = (name: string) => ({ name, mediaType: '', bytes: new TextEncoder().encode(`Text of ${name}`) })
const files = {
  'u/a.pdf': file('a.pdf'),
  'u/b.docx': file('b.docx'),
  'u/broken.pdf': file('broken.pdf'),
  'u/c.exe': file('c.exe'),
}

async function read(inputs: object, service = fakeDocling()) {
  const seen: (ServiceRequest & { readonly url: string })[] = []
  const given = { path: ['u/a.pdf'], api_url: 'http://docling.test/', ...inputs }
  const { dataframe, $logs } = await runComponent(doclingRemote, given, { http: httpOf(service, seen), files })
  return { dataframe, $logs, seen }
}

test('has documents read, and gives them in their order', async () => {
  const given = {
    path: ['u/a.pdf', 'u/b.docx'],
    api_headers: { 'x-api-key': 1 },
    docling_serve_opts: { do_ocr: false },
  }
  const { dataframe, seen } = await read(given)
  expect(dataframe).toMatchObject({
    rows: [
      { doc: { schema_name: 'DoclingDocument', name: 'a.pdf' }, text: '# Text of a.pdf', file_path: 'u/a.pdf' },
      { doc: { name: 'b.docx' }, text: '# Text of b.docx', file_path: 'u/b.docx' },
    ],
  })
  expect(seen[0]).toMatchObject({
    url: 'http://docling.test/v1/convert/source/async',
    headers: { 'x-api-key': '1' },
    body: { options: { to_formats: ['json', 'md'], do_ocr: false }, sources: [{ kind: 'file', filename: 'a.pdf' }] },
  })
})

test('reads the file a node before it names', async () => {
  const { dataframe } = await read({ file_path: [data({ file_path: 'u/b.docx' })] })
  expect(dataframe).toMatchObject({ rows: [{ file_path: 'u/b.docx' }] })
})

test('asks an old server where it answers', async () => {
  const { dataframe, seen } = await read({}, fakeDocling({ version: 'v1alpha' }))
  expect(dataframe).toMatchObject({ rows: [{ text: '# Text of a.pdf' }] })
  expect(seen.map(({ path }) => path.split('/')[1])).toEqual(['v1', 'v1alpha', 'v1alpha', 'v1alpha'])
})

test('leaves out what it need not read', async () => {
  const { dataframe, $logs } = await read({ path: ['u/broken.pdf', 'u/c.exe', 'u/a.pdf'], silent_errors: true })
  expect(dataframe).toMatchObject({ rows: [{ file_path: 'u/a.pdf' }] })
  expect($logs.map(({ name }) => name)).toEqual(['Files', 'Docling'])
})

describe('says what is wrong', () => {
  test.each([
    [{ path: [] }, 'No files to process.'],
    [{ path: ['u/c.exe'], ignore_unsupported_extensions: false }, 'Docling reads no files such as u/c.exe.'],
    [{ path: ['u/broken.pdf'] }, 'Docling: broken.pdf could not be read.'],
    [{ api_url: 'docling' }, 'docling is no address of a server.'],
  ])('%j', async (inputs, why) => {
    await expect(read(inputs)).rejects.toThrow(why)
  })

  test('with a server that fails again and again', async () => {
    await expect(read({}, fakeDocling({ refuses: true }))).rejects.toThrow('Docling: HTTP error occurred: 503')
  })
})
