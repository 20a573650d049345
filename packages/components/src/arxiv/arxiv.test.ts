import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { arxiv } from './arxiv.ts'

const feed = readFileSync(join(import.meta.dirname, '__fixtures__/query.xml'), 'utf8')

test('gives all that the feed says of each paper, and null for the rest', async () => {
  const asked: string[] = []
  const http = (url: string) => {
    asked.push(url)
    return feed
  }
  const inputs = { search_query: 'electron & co', search_type: 'title', max_results: 2 }
  const run = await runComponent(arxiv, inputs, { http })
  expect(asked).toEqual(['http://export.arxiv.org/api/query?search_query=title%3Aelectron+%26+co&max_results=2'])
  expect(run.dataframe).toMatchObject({
    rows: [
      {
        id: 'http://arxiv.org/abs/1234.0001v1',
        title: 'Electrons & rivers',
        summary: 'We measure both.',
        published: '2024-04-01T10:00:00Z',
        updated: '2024-04-02T10:00:00Z',
        authors: ['Ada Example', 'Bob Sample'],
        arxiv_url: 'http://arxiv.org/abs/1234.0001v1',
        pdf_url: 'http://arxiv.org/pdf/1234.0001v1',
        comment: '12 pages',
        journal_ref: 'J. Ex. 1 (2024) 1-12',
        primary_category: 'hep-ex',
        categories: ['hep-ex', 'physics.geo-ph'],
      },
      {
        id: 'http://arxiv.org/abs/1234.0002v1',
        title: 'Untold',
        summary: null,
        published: null,
        updated: null,
        authors: [],
        arxiv_url: null,
        pdf_url: null,
        comment: null,
        journal_ref: null,
        primary_category: null,
        categories: [],
      },
    ],
  })
  expect(run.data).toMatchObject([{ data: { title: 'Electrons & rivers' } }, { data: { title: 'Untold' } }])
})

test.each([
  [() => ({ status: 503 }), 'Request error: HTTP error occurred: 503 - '],
  [() => '<html></html>', 'Request error: Invalid response format: the answer is no feed.'],
  [undefined, expect.stringMatching(/^Request error: Could not reach /)],
])('says in a row what went wrong (%#)', async (http, error) => {
  const run = await runComponent(arxiv, { search_query: 'x' }, http ? { http } : {})
  expect(run.dataframe).toMatchObject({ columns: ['error'], rows: [{ error }] })
})
