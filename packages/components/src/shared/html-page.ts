import type { CheerioAPI } from 'cheerio'

export interface HtmlPage {
  /**
   * All its text, with the white space of the source and nothing put between blocks: what Langflow gives, so that
   * prompts made of pages stay the same.
   */
  readonly text: string
  readonly title: string
  readonly description: string
  readonly language: string
  /** Addresses of links, as written. */
  readonly links: readonly string[]
}

/** Elements whose text is for machines. */
const UNSEEN = 'script,style,template,rt,rp'
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
  return { ...page, text: $.root().text() }
}

/** The text of a page or a piece of HTML on one line, such as a summary in a feed. */
export async function plainText(html: string): Promise<string> {
  const { load } = await import('cheerio')
  const $ = load(html)
  $(`${UNSEEN},noscript,head`).remove()
  return spacedText($).replace(/\s+/g, ' ').trim()
}

/** Text with a space between blocks that stand side by side in the source. */
function spacedText($: CheerioAPI): string {
  let text = ''
  const visit = (nodes: ReturnType<CheerioAPI>): void => {
    nodes.contents().each((_, node) => {
      if (node.type === 'text') text += node.data
      else if (node.type === 'tag') {
        const isBlock = BLOCKS.has(node.name)
        if (isBlock) text += ' '
        visit($(node))
        if (isBlock) text += ' '
      }
    })
  }
  visit($.root())
  return text
}
