import { AppError } from '@runnel/protocol/errors'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { newsSearch } from './news-search.ts'
import { rssReaderSimple } from './rss-reader-simple.ts'
import { unifiedWebSearch } from './unified-web-search.ts'

const hit = (title: string, href: string) =>
  `<div class="result"><h2 class="result__title"><a class="result__a" href="${href}">${title}</a></h2>` +
  `<a class="result__snippet">About <b>${title}</b></a></div>`
const redirect = (url: string) => `//duckduckgo.com/l/?uddg=${encodeURIComponent(url)}&rut=1`
const results =
  hit('One', redirect('https://one.test/')) +
  hit('Gone', redirect('https://gone.test/')) +
  hit('Inner', 'http://10.0.0.1/')

const feed = `<?xml version="1.0"?><rss><channel><title>All</title>
<item><title>Rivers &amp; lakes</title><link>https://a.test/1</link><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate>
<description>&lt;p&gt;First &lt;b&gt;news&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Second&lt;/p&gt;</description></item></channel></rss>`
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><link href="https://a.test/2"/>
<updated>2024-01-01</updated><summary>S</summary></entry></feed>`
const article = {
  title: 'Rivers & lakes',
  link: 'https://a.test/1',
  published: 'Mon, 01 Jan 2024 00:00:00 GMT',
  summary: 'First news Second',
}

test('gives the pages that were found, with their texts', async () => {
  const asked: string[] = []
  const http = (url: string) => {
    asked.push(url)
    if (url.startsWith('https://html.duckduckgo.com/')) return results
    if (url === 'https://one.test/') return '<title>T</title><h1>Long</h1><p>text of a page</p>'
    throw new AppError(url.includes('10.0.0.1') ? 'address_refused' : 'bad_request', ['no'])
  }
  const run = await runComponent(unifiedWebSearch, { query: ' two words ', max_content_length: 9 }, { http })
  expect(asked[0]).toBe('https://html.duckduckgo.com/html/?q=two+words&kl=us-en')
  expect(run.results).toMatchObject({
    columns: ['title', 'link', 'snippet', 'content'],
    rows: [
      { title: 'One', link: 'https://one.test/', snippet: 'About One', content: 'Long text... [truncated]' },
      { content: '(Failed to fetch: no)' },
      { content: expect.stringMatching(/^\(Blocked by SSRF protection: /) },
    ],
  })
  const fewer = await runComponent(unifiedWebSearch, { query: 'x', max_results: 1 }, { http })
  expect(fewer.results).toMatchObject({ rows: { length: 1 } })
})

test.each([
  [{ query: 'big rivers' }, 'https://news.google.com/rss/search?q=big%20rivers&hl=en-US&gl=US&ceid=US%3Aen'],
  [
    { query: 'x', hl: 'de-DE', gl: 'DE', ceid: 'DE:de', location: 'Köln' },
    'https://news.google.com/rss/headlines/section/geo/K%C3%B6ln?hl=de-DE&gl=DE&ceid=DE%3Ade',
  ],
  [
    { topic: 'science', location: 'x' },
    'https://news.google.com/rss/headlines/section/topic/SCIENCE?hl=en-US&gl=US&ceid=US%3Aen',
  ],
])('asks for news about %j', async (inputs, expected) => {
  const asked: string[] = []
  const http = (url: string) => {
    asked.push(url)
    return feed
  }
  const run = await runComponent(unifiedWebSearch, { search_mode: 'News', ...inputs }, { http })
  const old = await runComponent(newsSearch, inputs, { http })
  expect(asked).toEqual([expected, expected])
  expect(run.results).toMatchObject({ rows: [article] })
  expect(old.articles).toEqual(run.results)
})

test('gives the articles of a feed, RSS or Atom', async () => {
  const inputs = { search_mode: 'RSS', query: 'a.test/feed' }
  const run = await runComponent(unifiedWebSearch, inputs, { http: () => feed })
  expect(run.results).toMatchObject({ rows: [article] })
  const old = await runComponent(rssReaderSimple, { rss_url: 'a.test/feed' }, { http: () => atom })
  expect(old.articles).toMatchObject({
    rows: [{ title: 'T', link: 'https://a.test/2', published: '2024-01-01', summary: 'S' }],
  })
})

test.each([
  [
    { search_mode: 'Web', query: 'x' },
    { title: 'Error', snippet: expect.stringContaining('nothing answers there') },
  ],
  [
    { search_mode: 'News', query: 'x' },
    { title: 'Error', summary: expect.stringContaining('nothing answers there') },
  ],
  [
    { search_mode: 'RSS', query: 'not a url' },
    { title: 'Error', summary: 'Invalid URL: not a url' },
  ],
])('says in a row what went wrong with %j', async (inputs, row) => {
  const run = await runComponent(unifiedWebSearch, inputs)
  expect(run.results).toMatchObject({ rows: [row] })
})

test('says so when there is nothing', async () => {
  const none = () => '<rss><channel></channel></rss>'
  const run = await runComponent(unifiedWebSearch, { search_mode: 'News', query: 'x' }, { http: none })
  expect(run.results).toMatchObject({ rows: [{ title: 'No articles found' }] })
  const page = await runComponent(
    unifiedWebSearch,
    { search_mode: 'RSS', query: 'a.test' },
    { http: () => '<p>Hi</p>' },
  )
  expect(page.results).toMatchObject({ rows: [{ title: 'Error', summary: expect.stringContaining('RSS or Atom') }] })
})

test('fails without a query, and when an address may not be called', async () => {
  await expect(runComponent(unifiedWebSearch, { query: ' ' })).rejects.toThrow('Empty search query')
  const http = () => {
    throw new AppError('address_refused', ['10.0.0.1'])
  }
  const rss = runComponent(unifiedWebSearch, { search_mode: 'RSS', query: 'http://10.0.0.1' }, { http })
  await expect(rss).rejects.toMatchObject({ code: 'address_refused' })
})
