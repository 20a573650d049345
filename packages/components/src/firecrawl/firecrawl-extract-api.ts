import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { data, defineComponent, field } from '@runnel/sdk'
import { awaitFirecrawl, entriesOf, firecrawlKey, firecrawlOptions } from '../shared/firecrawl.ts'
import { addressesIn } from './firecrawl-map-api.ts'

export const firecrawlExtractApi = defineComponent({
  type: 'FirecrawlExtractApi',
  displayName: 'Firecrawl Extract API',
  description: 'Takes what a prompt asks for from web pages, with Firecrawl.',
  icon: 'Firecrawl',
  category: 'firecrawl',
  documentation: 'https://docs.firecrawl.dev/api-reference/endpoint/extract',
  inputs: {
    api_key: firecrawlKey,
    urls: field.multiline({
      label: 'URLs',
      info: 'The pages, one to a line or separated by commas; a * stands for all below.',
      required: true,
      tool: true,
    }),
    prompt: field.multiline({ label: 'Prompt', info: 'What to take from them.', required: true, tool: true }),
    schema: firecrawlOptions('Schema', 'The form of the answer, as a JSON schema.'),
    enable_web_search: field.bool({ label: 'Enable Web Search', info: 'Look elsewhere on the web as well.' }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'JSON',
      method: 'extract',
      async run({ inputs, context }) {
        const urls = addressesIn(inputs.urls)
        if (urls.length === 0) throw new AppError('invalid_field', ['No valid URLs provided'])
        if (inputs.prompt.trim() === '') throw new AppError('invalid_field', ['Prompt is required'])
        const schema = entriesOf(inputs.schema)
        const task = {
          urls,
          prompt: inputs.prompt,
          enableWebSearch: inputs.enable_web_search,
          ...(Object.keys(schema).length > 0 && { schema }),
        }
        const [answer] = await awaitFirecrawl('extract', { key: inputs.api_key, task }, context)
        const found = answer?.data
        context.setStatus(found)
        return data(isObject(found) ? found : { results: found ?? null })
      },
    },
  },
})
