import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field } from '@runnel/sdk'
import { askFirecrawl, firecrawlKey } from '../shared/firecrawl.ts'

export const firecrawlMapApi = defineComponent({
  type: 'FirecrawlMapApi',
  displayName: 'Firecrawl Map API',
  description: 'Lists the addresses of a web site with Firecrawl.',
  icon: 'Firecrawl',
  category: 'firecrawl',
  documentation: 'https://docs.firecrawl.dev/api-reference/endpoint/map',
  inputs: {
    api_key: firecrawlKey,
    urls: field.multiline({
      label: 'URLs',
      info: 'The sites, one to a line or separated by commas.',
      required: true,
      tool: true,
    }),
    ignore_sitemap: field.bool({ label: 'Ignore Sitemap', info: 'Follow links alone.' }),
    sitemap_only: field.bool({ label: 'Sitemap Only', info: 'Give what the sitemap lists and nothing else.' }),
    include_subdomains: field.bool({ label: 'Include Subdomains', info: 'List subdomains as well.' }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'JSON',
      method: 'map',
      async run({ inputs, context }) {
        const sites = addressesIn(inputs.urls)
        if (sites.length === 0) throw new AppError('invalid_field', ['No valid URLs provided'])
        const links: unknown[] = []
        for (const url of sites) {
          const task = {
            url,
            ignoreSitemap: inputs.ignore_sitemap,
            sitemapOnly: inputs.sitemap_only,
            includeSubdomains: inputs.include_subdomains,
          }
          const answer = await askFirecrawl('map', { key: inputs.api_key, task }, context)
          if (Array.isArray(answer.links)) links.push(...answer.links)
        }
        context.setStatus(`${links.length} links`)
        return data({ success: true, links })
      },
    },
  },
})

/** Addresses separated by commas or line ends. */
export const addressesIn = (text: string): readonly string[] =>
  text
    .split(/[,\n]/)
    .map((address) => address.trim())
    .filter((address) => address !== '')
