import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { wikipedia } from './wikipedia.ts'

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '__fixtures__', name), 'utf8')

/** A wiki that has the first of two pages it finds. */
function wiki(asked: URL[] = []) {
  return (address: string) => {
    const url = new URL(address)
    asked.push(url)
    if (url.searchParams.get('list') === 'search') return fixture('search.json')
    return url.searchParams.get('pageids') === '21244' ? fixture('page.json') : '{"query": {"pages": []}}'
  }
}

const page = {
  text: 'The Nile is a river.',
  title: 'Nile',
  summary: 'The Nile is a river.\nIt flows north.',
  source: 'https://en.wikipedia.org/wiki/Nile',
}

test('gives the pages that are found, with their texts cut', async () => {
  const asked: URL[] = []
  const inputs = { input_value: ' nile ', k: 2, lang: 'de', doc_content_chars_max: 20 }
  const run = await runComponent(wikipedia, inputs, { http: wiki(asked) })
  expect(run.dataframe).toMatchObject({ columns: ['text', 'title', 'summary', 'source'], rows: [page] })
  expect(asked.map(({ host, pathname }) => host + pathname)).toEqual(Array(3).fill('de.wikipedia.org/w/api.php'))
  expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toMatchObject({ srsearch: 'nile', srlimit: '2' })
})

test('gives all else that is known when it is asked for', async () => {
  const inputs = { input_value: 'nile', load_all_available_meta: true }
  const run = await runComponent(wikipedia, inputs, { http: wiki() })
  expect(run.dataframe).toMatchObject({
    rows: [
      {
        ...page,
        text: expect.stringContaining('== Course =='),
        categories: ['Rivers of Egypt'],
        related_titles: ['Egypt'],
        references: ['https://rivers.test/nile'],
        revision_id: 12,
        parent_id: 11,
      },
    ],
  })
})

test('gives no rows when nothing is found', async () => {
  const run = await runComponent(wikipedia, { input_value: 'x' }, { http: () => '{"query": {"search": []}}' })
  expect(run.dataframe).toMatchObject({ rows: [] })
})

test('fails for a language that is none, and when the wiki does not answer', async () => {
  const run = runComponent(wikipedia, { input_value: 'x', lang: 'evil.test/' }, { http: wiki() })
  await expect(run).rejects.toThrow('evil.test/ is no language of Wikipedia.')
  await expect(runComponent(wikipedia, { input_value: 'x' })).rejects.toThrow('Request error occurred: ')
})
