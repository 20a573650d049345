import type { CheerioAPI } from 'cheerio'

export interface HtmlPage {
  /** What a reader sees, with the white space of the source. */
  readonly text: string
  readonly title: string
  readonly description: string
  readonly language: string
  /** Addresses of links, as written. */
  readonly links: readonly string[]
}

/** Elements whose text is for machines. */
const UNSEEN = 'script,style,template,noscript,svg'
const BLOCKS = new Set(
  (
    'address article aside blockquote body br dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'head header hr li main nav ol option p pre section summary table tbody td tfoot th thead title tr ul'
  ).split(' '),
)

/** Takes a page of HTML apart. */
export async function readHtml(html: string): Promise<HtmlPage> {
  const { load } = await import('cheerio')
  const $ = load(html)
  const links = $('a[href]')
    .toArray()
    .map((link) => $(link).attr('href') ?? '')
  const page = {
    title: $('title').first().text().trim(),
    description: $('meta[name="description"]').attr('content')?.trim() ?? '',
    language: $('html').attr('lang')?.trim() ?? '',
    links,
  }
  $(UNSEEN).remove()
  return { ...page, text: visibleText($) }
}

/** The text of a piece of HTML on one line, such as a summary in a feed. */
export async function plainText(html: string): Promise<string> {
  const { text } = await readHtml(html)
  return text.replace(/\s+/g, ' ').trim()
}

/** Lines end where the source ends them, and between blocks that stand side by side in it. */
function visibleText($: CheerioAPI): string {
  let text = ''
  let isBroken = false
  const visit = (nodes: ReturnType<CheerioAPI>): void => {
    nodes.contents().each((_, node) => {
      if (node.type === 'text' && node.data !== '') {
        if (isBroken && text !== '' && !/\s$/.test(text) && !/^\s/.test(node.data)) text += '\n'
        isBroken = false
        text += node.data
      } else if (node.type === 'tag') {
        const isBlock = BLOCKS.has(node.name)
        isBroken ||= isBlock
        visit($(node))
        isBroken ||= isBlock
      }
    })
  }
  visit($.root())
  return text
}
