import { AppError } from '@runnel/protocol/errors'
import { plainText } from './html-page.ts'

/** An article of a feed, as a row. */
export type FeedItem = {
  readonly title: string
  readonly link: string
  /** As the feed writes it. */
  readonly published: string
  readonly summary: string
}

/**
 * The articles of an RSS or Atom feed, in its order.
 * @throws AppError `invalid_field` when the text is no feed.
 */
export async function readFeed(xml: string): Promise<readonly FeedItem[]> {
  const { load } = await import('cheerio')
  const $ = load(xml, { xml: true })
  if ($('rss, feed, rdf\\:RDF, channel').length === 0) {
    throw new AppError('invalid_field', ['The address does not lead to an RSS or Atom feed.'])
  }
  const items = $('item, entry')
    .toArray()
    .map((element) => {
      const part = (names: string) => $(element).children(names).first().text().trim()
      const link = $(element).children('link').first()
      return {
        title: part('title'),
        link: link.attr('href') ?? link.text().trim(),
        published: part('pubDate, published, updated, dc\\:date'),
        summary: part('description, summary, content'),
      }
    })
  return Promise.all(
    items.map(async (item) => ({
      ...item,
      title: await plainText(item.title),
      summary: await plainText(item.summary),
    })),
  )
}
