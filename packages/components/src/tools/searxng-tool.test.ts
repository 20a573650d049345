import type { Tool } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { searXngTool } from './searxng-tool.ts'

test('gives a tool that asks the server', async () => {
  const seen: string[] = []
  const http = (url: string) => {
    seen.push(url)
    return JSON.stringify({
      results: [{ title: 'The Nile', url: 'https://a.test', content: 'A river.' }, { title: 'B' }],
    })
  }
  const inputs = { url: 'https://find.test/', max_results: 1, categories: ['news', 'it'], language: 'en' }
  const run = await runComponent(searXngTool, inputs, { http })
  const tool = run.result_tool as Tool // the declared type of the output
  expect(await tool.call({ query: 'rivers' }, new AbortController().signal)).toEqual([
    { title: 'The Nile', url: 'https://a.test', content: 'A river.', publishedDate: undefined },
  ])
  expect(seen).toEqual(['https://find.test/search?q=rivers&format=json&categories=news%2Cit&language=en'])
})
