import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { newsSearch } from './news-search.ts'

test('needs something to look for', async () => {
  const { articles } = await runComponent(newsSearch)
  expect(articles).toMatchObject({
    rows: [{ title: 'Error', summary: 'No search query, topic, or location provided.' }],
  })
})
