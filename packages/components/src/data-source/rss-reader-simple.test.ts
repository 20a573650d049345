import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { rssReaderSimple } from './rss-reader-simple.ts'

test('says in a row that a feed has no articles', async () => {
  const http = () => '<rss><channel><title>Empty</title></channel></rss>'
  const { articles } = await runComponent(rssReaderSimple, { rss_url: 'a.test' }, { http })
  expect(articles).toMatchObject({ rows: [{ title: 'No articles found', link: '', published: '', summary: '' }] })
})
