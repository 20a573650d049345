import { AppError } from '@runnel/protocol/errors'
import { type HttpAnswer, type RunContext, toText } from '@runnel/sdk'
import { htmlToMarkdown } from './html-markdown.ts'
import { readHtml } from './html-page.ts'
import { extensionOf, textOfDocument } from './stored-document.ts'
import { decodeText } from './text-encoding.ts'

export interface PageOptions {
  readonly format: 'Text' | 'HTML' | 'Markdown'
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly followRedirects: boolean
  /** An answer that is an error counts as no page. */
  readonly checkStatus: boolean
}

/** A page that was read, as a row of the table of pages. */
export interface WebPage {
  readonly row: {
    readonly text: string
    readonly url: string
    readonly title: string
    readonly description: string
    readonly content_type: string
    readonly language: string
  }
  /** Addresses it links to. */
  readonly links: readonly string[]
  readonly bytes: number
}

/** Reads one page. @throws AppError when it cannot be fetched. */
export async function readPage(url: string, options: PageOptions, context: RunContext): Promise<WebPage> {
  const { headers, timeoutMs, followRedirects } = options
  const request = { headers, timeoutMs, redirects: followRedirects ? 5 : 0 }
  const answer = await context.http.fetch(url, request, context.signal)
  if (options.checkStatus && answer.status >= 400) {
    throw new AppError('invalid_field', [`${url} answered with status ${answer.status}.`])
  }
  const type = answer.headers['content-type'] ?? ''
  const bytes = answer.body.length
  const bare = { url, title: '', description: '', content_type: type, language: '' }
  if (/^application\/pdf\b/i.test(type) || (type === '' && extensionOf(new URL(answer.url).pathname) === 'pdf')) {
    const text = await textOfDocument({ name: 'page.pdf', mediaType: 'application/pdf', bytes: answer.body })
    return { row: { ...bare, text }, links: [], bytes }
  }
  const source = decodeText(answer.body, charsetOf(answer))
  if (!isHtml(type, source)) return { row: { ...bare, text: toText(source) }, links: [], bytes }
  const { text, title, description, language, links } = await readHtml(source)
  const shown = options.format === 'HTML' ? source : options.format === 'Markdown' ? await htmlToMarkdown(source) : text
  const found = links.flatMap((link) => URL.parse(link, answer.url)?.href.replace(/#.*$/, '') ?? [])
  return {
    row: { text: toText(shown), url, title, description, content_type: type, language },
    links: [...new Set(found)].filter((link) => /^https?:/.test(link)),
    bytes,
  }
}

const isHtml = (type: string, source: string): boolean =>
  /\b(html|xhtml\+xml)\b/i.test(type) || (!/^(text\/plain|application\/json)/i.test(type) && /<html[\s>]/i.test(source))

/** The encoding the answer names; none for one that is not known. */
function charsetOf({ headers, body }: HttpAnswer): string {
  const start = new TextDecoder('latin1').decode(body.subarray(0, 1024))
  const named =
    /charset="?([\w-]+)/i.exec(headers['content-type'] ?? '') ?? /<meta[^>]+charset=["']?([\w-]+)/i.exec(start)
  try {
    return named?.[1] ? new TextDecoder(named[1]).encoding : ''
  } catch {
    return ''
  }
}
