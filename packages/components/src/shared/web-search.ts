import { AppError, messageOf } from '@runnel/protocol/errors'
import type { RunContext } from '@runnel/sdk'
import { type FeedItem, readFeed } from './feed.ts'
import { plainText } from './html-page.ts'
import { decodeText } from './text-encoding.ts'
import { webAddress } from './web-address.ts'

/** A page that was found, as a row. */
export type SearchHit = {
  readonly title: string
  readonly link: string
  readonly snippet: string
  readonly content: string
}

export interface SearchOptions {
  readonly timeoutMs: number
  readonly maxResults: number
  /** Characters of a page's text; 0: all. */
  readonly maxContentLength: number
}

/** Search engines answer browsers. */
const HEADERS = {
  'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36',
}

/** What DuckDuckGo finds, with the text of each page. A page that cannot be read says so in its place. */
export async function searchWeb(
  query: string,
  options: SearchOptions,
  context: RunContext,
): Promise<readonly SearchHit[]> {
  const found = await findPages(query, options.timeoutMs, context)
  return Promise.all(
    found
      .slice(0, options.maxResults)
      .map(async (hit) => ({ ...hit, content: await contentOf(hit.link, options, context) })),
  )
}

/** What DuckDuckGo finds, as its page of results lists it. */
export async function findPages(
  query: string,
  timeoutMs: number,
  context: RunContext,
): Promise<readonly Omit<SearchHit, 'content'>[]> {
  const address = `https://html.duckduckgo.com/html/?${new URLSearchParams({ q: query, kl: 'us-en' })}`
  return hitsIn(await fetchText(address, timeoutMs, context))
}

async function hitsIn(html: string): Promise<readonly Omit<SearchHit, 'content'>[]> {
  const { load } = await import('cheerio')
  const $ = load(html)
  return $('.result')
    .toArray()
    .flatMap((element) => {
      const title = $(element).find('.result__title a, a.result__a').first()
      const link = targetOf(title.attr('href') ?? '')
      const snippet = $(element).find('.result__snippet').first().text().trim()
      return link === '' ? [] : [{ title: title.text().trim(), link, snippet }]
    })
}

/** Links lead through the search engine; the page is in their query. */
function targetOf(href: string): string {
  const url = URL.parse(href, 'https://duckduckgo.com')
  const target = url?.searchParams.get('uddg') ?? url?.href ?? ''
  return /^https?:/.test(target) ? target : ''
}

async function contentOf(link: string, options: SearchOptions, context: RunContext): Promise<string> {
  try {
    const text = await plainText(await fetchText(link, options.timeoutMs, context))
    const limit = options.maxContentLength
    return limit > 0 && text.length > limit ? `${text.slice(0, limit)}... [truncated]` : text
  } catch (error) {
    context.signal.throwIfAborted()
    const isRefused = error instanceof AppError && error.code === 'address_refused'
    return isRefused ? `(Blocked by SSRF protection: ${messageOf(error)})` : `(Failed to fetch: ${messageOf(error)})`
  }
}

export interface NewsOptions {
  readonly query: string
  /** Two letters and a country, `en-US`. */
  readonly language: string
  readonly country: string
  /** Country and language, `US:en`. */
  readonly edition: string
  readonly topic: string
  readonly location: string
  readonly timeoutMs: number
}

/** Articles of Google News: of a topic, else of a place, else those that fit the query. */
export async function searchNews(options: NewsOptions, context: RunContext): Promise<readonly FeedItem[]> {
  const { query, topic, location } = options
  const language = options.language || 'en-US'
  const country = options.country || 'US'
  const edition = options.edition || `${country}:${language.split('-')[0]}`
  const where = `hl=${encodeURIComponent(language)}&gl=${encodeURIComponent(country)}&ceid=${encodeURIComponent(edition)}`
  const base = 'https://news.google.com/rss'
  if (topic)
    return fetchFeed(
      `${base}/headlines/section/topic/${encodeURIComponent(topic.toUpperCase())}?${where}`,
      options.timeoutMs,
      context,
    )
  if (location)
    return fetchFeed(
      `${base}/headlines/section/geo/${encodeURIComponent(location)}?${where}`,
      options.timeoutMs,
      context,
    )
  if (query.trim() === '') throw new AppError('invalid_field', ['No search query, topic, or location provided.'])
  return fetchFeed(`${base}/search?q=${encodeURIComponent(query)}&${where}`, options.timeoutMs, context)
}

/** The articles of a feed. */
export const fetchFeed = async (
  address: string,
  timeoutMs: number,
  context: RunContext,
): Promise<readonly FeedItem[]> => readFeed(await fetchText(webAddress(address), timeoutMs, context))

async function fetchText(address: string, timeoutMs: number, { http, signal }: RunContext): Promise<string> {
  const answer = await http.fetch(address, { headers: HEADERS, timeoutMs }, signal)
  if (answer.status >= 400)
    throw new AppError('bad_request', [`${new URL(address).host} answered with status ${answer.status}.`])
  return decodeText(answer.body)
}

/** One row that says what went wrong, as an article. A refused address is a failure of the run. */
export function articleError(error: unknown): readonly FeedItem[] {
  const isExpected = error instanceof AppError && ['bad_request', 'invalid_field'].includes(error.code)
  if (!isExpected) throw error
  return [{ title: 'Error', link: '', published: '', summary: messageOf(error) }]
}

/** A row in place of none. */
export const articlesOr = (items: readonly FeedItem[], title: string): readonly FeedItem[] =>
  items.length > 0 ? items : [{ title, link: '', published: '', summary: '' }]
