import { fakeGoogle } from '@runnel/testing/fake-google'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { googleDriveSearch } from './google-drive-search.ts'

const files = [
  { id: '1', name: 'Plan', mimeType: 'application/vnd.google-apps.document' },
  { id: '2', name: 'scan.pdf', mimeType: 'application/pdf' },
]
async function search(inputs: object) {
  const queries: (string | null)[] = []
  const http = fakeGoogle(({ url }) => {
    queries.push(url.searchParams.get('q'))
    return { files }
  })
  const run = await runComponent(googleDriveSearch, { token_string: '{"token":"good"}', ...inputs }, { http })
  return { ...run, queries }
}

test('finds files once for all outputs', async () => {
  const { queries, ...outputs } = await search({ query_item: 'name', valid_operator: 'contains', search_term: "it's" })
  expect(queries).toEqual(["name contains 'it\\'s'"])
  const urls = ['https://docs.google.com/document/d/1/edit', 'https://drive.google.com/file/d/2/view?usp=drivesdk']
  expect(outputs).toMatchObject({
    doc_ids: ['1', '2'],
    doc_titles: ['Plan', 'scan.pdf'],
    doc_urls: urls,
    Data: {
      data: {
        text: [
          { title: 'Plan', url: urls[0] },
          { title: 'scan.pdf', url: urls[1] },
        ],
      },
    },
  })
})

test('puts the term first where Drive wants it, and takes a whole query as it is', async () => {
  const owned = await search({ query_item: 'owners', valid_operator: 'in', search_term: 'ada@test' })
  expect(owned.queries).toEqual(["'ada@test' in owners"])
  expect((await search({ query_string: 'trashed = true' })).queries).toEqual(['trashed = true'])
})

test('says what Google refuses', async () => {
  await expect(search({ token_string: '{"token":"bad"}' })).rejects.toThrow(
    'Error searching Google Drive: Request had invalid authentication credentials.',
  )
})
