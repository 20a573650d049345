import type { CheerioAPI } from 'cheerio'

type Nodes = ReturnType<CheerioAPI>

const UNSEEN = 'script,style,template,noscript,svg,head'
const HEADING = /^h([1-6])$/
const PARAGRAPHS = new Set(
  'p div section article main header footer aside nav figure figcaption table tr dl dd dt'.split(' '),
)

/** A page of HTML as Markdown: headings, paragraphs, lists, links, emphasis, code and quotes. */
export async function htmlToMarkdown(html: string): Promise<string> {
  const { load } = await import('cheerio')
  const $ = load(html)
  $(UNSEEN).remove()
  return tidy(childrenOf($, $('body')))
}

const tidy = (text: string): string =>
  text
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

function childrenOf($: CheerioAPI, nodes: Nodes): string {
  return nodes
    .contents()
    .toArray()
    .map((node) => {
      if (node.type === 'text') return node.data.replace(/\s+/g, ' ')
      return node.type === 'tag' ? elementOf($, node.name, $(node)) : ''
    })
    .join('')
}

function elementOf($: CheerioAPI, name: string, node: Nodes): string {
  const inner = () => childrenOf($, node)
  const heading = HEADING.exec(name)
  if (heading) return `\n\n${'#'.repeat(Number(heading[1]))} ${inner().trim()}\n\n`
  if (PARAGRAPHS.has(name)) return `\n\n${inner().trim()}\n\n`
  switch (name) {
    case 'br':
      return '\n'
    case 'hr':
      return '\n\n---\n\n'
    case 'strong':
    case 'b':
      return around('**', inner())
    case 'em':
    case 'i':
      return around('*', inner())
    case 'code':
      return around('`', node.text())
    case 'pre':
      return `\n\n\`\`\`\n${node.text().replace(/\n$/, '')}\n\`\`\`\n\n`
    case 'blockquote':
      return `\n\n${tidy(inner()).replace(/^/gm, '> ')}\n\n`
    case 'a':
      return linkOf(inner().trim(), node.attr('href'))
    case 'img':
      return node.attr('src') ? `![${node.attr('alt') ?? ''}](${node.attr('src')})` : ''
    case 'ul':
    case 'ol':
      return `\n\n${itemsOf($, node, name === 'ol')}\n\n`
    case 'td':
    case 'th':
      return `${inner().trim()} `
    default:
      return inner()
  }
}

const around = (mark: string, text: string): string => (text.trim() === '' ? text : `${mark}${text.trim()}${mark}`)
const linkOf = (text: string, href: string | undefined): string => (text && href ? `[${text}](${href})` : text)

function itemsOf($: CheerioAPI, list: Nodes, numbered: boolean): string {
  return list
    .children('li')
    .toArray()
    .map((item, index) => {
      const mark = numbered ? `${index + 1}. ` : '- '
      return mark + tidy(childrenOf($, $(item))).replace(/\n+/g, `\n${' '.repeat(mark.length)}`)
    })
    .join('\n')
}
