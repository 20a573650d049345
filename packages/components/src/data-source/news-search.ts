import { dataFrame, defineComponent, field } from '@runnel/sdk'
import { newsFields } from '../shared/news-fields.ts'
import { articleError, articlesOr, searchNews } from '../shared/web-search.ts'

export const newsSearch = defineComponent({
  type: 'NewsSearch',
  aliases: ['NewsSearchComponent'],
  displayName: 'News Search',
  description: 'Gives articles of Google News.',
  icon: 'newspaper',
  category: 'data_source',
  legacy: true,
  replacement: ['data_source.UnifiedWebSearch'],
  documentation: 'https://docs.langflow.org/web-search',
  inputs: {
    query: field.text({ label: 'Search Query', info: 'What to look for.', tool: true }),
    ...newsFields,
    timeout: field.int({ label: 'Timeout', info: 'Seconds to wait for the answer.', default: 5, advanced: true }),
  },
  outputs: {
    articles: {
      type: 'DataFrame',
      label: 'News Articles',
      method: 'search_news',
      async run({ inputs: { query, hl, gl, ceid, topic, location, timeout }, context }) {
        const options = { query, language: hl, country: gl, edition: ceid, topic, location, timeoutMs: timeout * 1000 }
        const found = await searchNews(options, context).catch(articleError)
        return dataFrame(articlesOr(found, 'No articles found'))
      },
    },
  },
})
