import { dataFrame, defineComponent, field } from '@runnel/sdk'
import { articleError, articlesOr, fetchFeed } from '../shared/web-search.ts'

export const rssReaderSimple = defineComponent({
  type: 'RSSReaderSimple',
  aliases: ['RSSReaderComponent'],
  displayName: 'RSS Reader',
  description: 'Gives the articles of an RSS or Atom feed.',
  icon: 'rss',
  category: 'data_source',
  legacy: true,
  replacement: ['data_source.UnifiedWebSearch'],
  documentation: 'https://docs.langflow.org/web-search',
  inputs: {
    rss_url: field.text({ label: 'RSS Feed URL', info: 'The address of the feed.', required: true, tool: true }),
    timeout: field.int({ label: 'Timeout', info: 'Seconds to wait for the feed.', default: 5, advanced: true }),
  },
  outputs: {
    articles: {
      type: 'DataFrame',
      label: 'Articles',
      method: 'read_rss',
      run: async ({ inputs: { rss_url, timeout }, context }) => {
        const found = await fetchFeed(rss_url, timeout * 1000, context).catch(articleError)
        return dataFrame(articlesOr(found, 'No articles found'))
      },
    },
  },
})
