import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { duckDuckGoSearch } from './duckduckgo-search.ts'

const hit = (name: string) =>
  `<div class="result"><h2 class="result__title"><a href="https://${name}.test/">${name}</a></h2>` +
  `<a class="result__snippet">All about <b>${name}</b></a></div>`

test('gives what is said of the first pages, whole and cut', async () => {
  const asked: string[] = []
  const http = (url: string) => {
    asked.push(url)
    return hit('nile') + hit('amazon') + hit('danube')
  }
  const inputs = { input_value: 'big rivers', max_results: 2, max_snippet_length: 9 }
  const run = await runComponent(duckDuckGoSearch, inputs, { http })
  expect(asked).toEqual(['https://html.duckduckgo.com/html/?q=big+rivers&kl=us-en'])
  expect(run.dataframe).toMatchObject({
    columns: ['text', 'content', 'snippet'],
    rows: [
      { text: 'All about', content: 'All about nile', snippet: 'All about' },
      { text: 'All about', content: 'All about amazon', snippet: 'All about' },
    ],
  })
})

test('says in a row what went wrong', async () => {
  const run = await runComponent(duckDuckGoSearch, { input_value: 'x' }, { http: () => ({ status: 403 }) })
  const text = 'html.duckduckgo.com answered with status 403.'
  expect(run.dataframe).toMatchObject({ rows: [{ text, error: text }] })
})
