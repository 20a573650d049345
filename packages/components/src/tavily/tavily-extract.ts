import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field, type InputsOf, type RunArguments, type RunContext } from '@runnel/sdk'
import { askJson, failureOf, objectsIn, textIn } from '../shared/ask-service.ts'
import { oncePerBuild } from '../shared/build-memo.ts'
import { rowsAsData, rowsAsText } from '../shared/older-search.ts'

const inputs = {
  api_key: field.secret({ label: 'Tavily API Key', info: 'Your key for Tavily.', required: true }),
  urls: field.text({ label: 'URLs', info: 'The addresses of the pages, separated by commas.', required: true }),
  extract_depth: field.dropdown({
    label: 'Extract Depth',
    info: 'How thoroughly to read each page.',
    options: ['basic', 'advanced'],
    default: 'basic',
    advanced: true,
  }),
  include_images: field.bool({
    label: 'Include Images',
    info: 'Give the images of each page as well.',
    advanced: true,
  }),
}

export const tavilyExtract = defineComponent({
  type: 'TavilyExtractComponent',
  displayName: 'Tavily Extract API',
  description: 'Reads the text of web pages with Tavily.',
  icon: 'TavilyIcon',
  category: 'tavily',
  documentation: 'https://docs.tavily.com',
  inputs,
  outputs: {
    dataframe: {
      type: 'Data',
      label: 'DataFrame',
      method: 'fetch_content',
      run: async (args) => (await pages(args)).map((page) => data(page)),
    },
    data: rowsAsData('fetch_content', pages),
    text: rowsAsText('fetch_content_text', pages),
  },
})

function pages(args: RunArguments<typeof inputs>) {
  return oncePerBuild<readonly Readonly<Record<string, unknown>>[]>(args.context, 'pages', () =>
    pagesOf(args.inputs, args.context),
  )
}

/** The pages, or one entry that says what went wrong. */
async function pagesOf({ api_key, urls, extract_depth, include_images }: InputsOf<typeof inputs>, context: RunContext) {
  try {
    const addresses = urls
      .split(',')
      .map((url) => url.trim())
      .filter((url) => url !== '')
    if (addresses.length === 0) throw new AppError('invalid_field', ['No valid URLs provided'])
    const answer = await askJson(
      'https://api.tavily.com/extract',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${api_key}` },
        body: JSON.stringify({ urls: addresses, extract_depth, include_images }),
        timeoutMs: 90_000,
      },
      context,
    )
    return objectsIn(answer.results).map(({ url, raw_content, images }) => ({
      text: textIn(raw_content),
      url: textIn(url),
      raw_content: textIn(raw_content),
      images: Array.isArray(images) ? images : [],
    }))
  } catch (error) {
    const text = failureOf(error, context)
    return [{ text, error: text }]
  }
}
