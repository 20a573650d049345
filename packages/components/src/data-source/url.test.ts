import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { url } from './url.ts'

const page = (title: string, body: string) =>
  `<!doctype html><html lang="en"><head><title>${title}</title><meta name="description" content="About ${title}">` +
  `<style>p { color: red }</style></head><body>${body}<script>alert(1)</script></body></html>`

const site: Readonly<Record<string, string>> = {
  'https://a.test/': page(
    'Start',
    '<h1>Hello</h1><p>World &amp; <b>more</b></p><a href="/one#top">1</a><a href="https://b.test/">2</a>',
  ),
  'https://a.test/one': page('One', '<p>First</p><a href="/">back</a><a href="/two">on</a>'),
  'https://a.test/two': page('Two', '<p>Second</p>'),
  'https://b.test/': page('Other', '<p>Elsewhere</p>'),
}
const http = (address: string) => {
  const found = site[address]
  if (found === undefined) throw new Error(`${address} is not there`)
  return found
}

test('gives the text of a page and what the page says of itself', async () => {
  const { page_results, raw_results } = await runComponent(url, { urls: ['a.test/'] }, { http })
  expect(page_results).toMatchObject({
    kind: 'dataframe',
    rows: [
      {
        text: 'StartHelloWorld & more12',
        url: 'https://a.test/',
        title: 'Start',
        description: 'About Start',
        content_type: 'text/html',
        language: 'en',
      },
    ],
  })
  expect(raw_results).toMatchObject({ text: 'StartHelloWorld & more12' })
})

test('asks for a page once, whatever is made of it', async () => {
  const asked: string[] = []
  const counting = (address: string) => {
    asked.push(address)
    return http(address)
  }
  await runComponent(url, { urls: ['https://a.test/', 'https://a.test/'] }, { http: counting })
  expect(asked).toEqual(['https://a.test/'])
})

test.each([
  [1, true, ['https://a.test/']],
  [2, true, ['https://a.test/', 'https://a.test/one']],
  [3, true, ['https://a.test/', 'https://a.test/one', 'https://a.test/two']],
  [2, false, ['https://a.test/', 'https://a.test/one', 'https://b.test/']],
])('follows links %i deep, inside: %s', async (max_depth, prevent_outside, expected) => {
  const { page_results } = await runComponent(url, { urls: ['https://a.test/'], max_depth, prevent_outside }, { http })
  const { rows } = page_results as { readonly rows: readonly { readonly url: string }[] }
  expect(rows.map((row) => row.url)).toEqual(expected)
})

test('gives the source or Markdown when asked to', async () => {
  const inputs = { urls: ['https://a.test/'] }
  const source = await runComponent(url, { ...inputs, format: 'HTML' }, { http, outputs: ['raw_results'] })
  expect(source.raw_results).toMatchObject({ text: site['https://a.test/'] })
  const markdown = await runComponent(url, { ...inputs, format: 'Markdown' }, { http, outputs: ['raw_results'] })
  expect(markdown.raw_results).toMatchObject({
    text: '# Hello\n\nWorld & **more**\n\n[1](/one#top)[2](https://b.test/)',
  })
})

test('leaves out pages that cannot be read, unless all are such or it is told to stop', async () => {
  const urls = ['https://gone.test/', 'https://b.test/']
  const { raw_results } = await runComponent(url, { urls }, { http })
  expect(raw_results).toMatchObject({ text: 'OtherElsewhere' })
  await expect(runComponent(url, { urls: ['https://gone.test/'] }, { http })).rejects.toThrow(
    'Error loading documents: No documents were successfully loaded from any URL',
  )
  await expect(runComponent(url, { urls, continue_on_failure: false }, { http })).rejects.toThrow('is not there')
})

test.each([
  [[], 'No valid URLs provided.'],
  [[' '], 'No valid URLs provided.'],
  [['not a url'], 'Invalid URL: not a url'],
])('says what is wrong with %j', async (urls, why) => {
  await expect(runComponent(url, { urls })).rejects.toThrow(`Error loading documents: ${why}`)
})

test('gives plain text as it is', async () => {
  const http = () => ({ headers: { 'content-type': 'text/plain' }, body: new TextEncoder().encode('a < b > c') })
  const { raw_results } = await runComponent(url, { urls: ['a.test'] }, { http })
  expect(raw_results).toMatchObject({ text: 'a < b > c' })
})
