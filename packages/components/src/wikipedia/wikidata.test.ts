import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { wikidata } from './wikidata.ts'

const found = JSON.stringify({
  searchinfo: { search: 'nile' },
  search: [
    {
      id: 'Q3392',
      title: 'Q3392',
      concepturi: 'http://www.wikidata.org/entity/Q3392',
      url: '//www.wikidata.org/wiki/Q3392',
      label: 'Nile',
      description: 'river in Africa',
    },
  ],
  success: 1,
})

test('gives a row for each thing that is found', async () => {
  const http = (url: string) => {
    expect(url).toBe('https://www.wikidata.org/w/api.php?action=wbsearchentities&format=json&search=nile&language=en')
    return found
  }
  const run = await runComponent(wikidata, { query: 'nile' }, { http })
  expect(run.dataframe).toMatchObject({
    rows: [
      {
        text: 'Nile: river in Africa',
        label: 'Nile',
        id: 'Q3392',
        url: '//www.wikidata.org/wiki/Q3392',
        description: 'river in Africa',
        concepturi: 'http://www.wikidata.org/entity/Q3392',
      },
    ],
  })
  expect(run.data).toMatchObject([{ data: { id: 'Q3392' } }])
  expect(run.text).toMatchObject({ text: 'Nile: river in Africa' })
})

test('says in a row that nothing is found', async () => {
  const run = await runComponent(wikidata, { query: 'x' }, { http: () => '{"search": []}' })
  expect(run.dataframe).toMatchObject({ rows: [{ error: 'No search results found for the given query.' }] })
})

test('fails when the service does', async () => {
  const run = runComponent(wikidata, { query: 'x' }, { http: () => ({ status: 500 }) })
  await expect(run).rejects.toThrow('HTTP error occurred: 500')
})
