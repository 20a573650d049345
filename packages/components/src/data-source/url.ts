import { AppError, messageOf } from '@runnel/protocol/errors'
import { data, dataFrame, defineComponent, field, type InputsOf, message, type RunContext } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { crawl } from '../shared/crawl.ts'
import { headersOf, webAddress } from '../shared/web-address.ts'
import type { WebPage } from '../shared/web-pages.ts'

const inputs = {
  urls: field.text({
    label: 'URLs',
    info: 'The addresses of the pages to read. Without a scheme, https is used.',
    list: true,
    tool: true,
    placeholder: 'Enter a URL...',
    accepts: ['Message'],
    extra: { list_add_label: 'Add URL' },
  }),
  max_depth: field.slider({
    label: 'Depth',
    info: 'How far links are followed. 1 reads the given pages alone, 2 those they link to as well.',
    default: 1,
    min: 1,
    max: 5,
    step: 1,
    minLabel: ' ',
    maxLabel: ' ',
  }),
  prevent_outside: field.bool({
    label: 'Prevent Outside',
    info: 'Follow links only to pages below the given address.',
    default: true,
    advanced: true,
  }),
  use_async: field.bool({ label: 'Use Async', info: 'Read several pages at a time.', default: true, advanced: true }),
  format: field.dropdown({
    label: 'Output Format',
    info: 'The visible text of a page, its source, or its text as Markdown.',
    options: ['Text', 'HTML', 'Markdown'],
    default: 'Text',
    advanced: true,
  }),
  timeout: field.int({ label: 'Timeout', info: 'Seconds to wait for a page.', default: 30, advanced: true }),
  headers: field.table({
    label: 'Headers',
    info: 'Headers of the requests.',
    advanced: true,
    columns: [
      { name: 'key', display_name: 'Header', type: 'str', description: 'The name of the header.' },
      { name: 'value', display_name: 'Value', type: 'str', description: 'The value of the header.' },
    ],
    default: [{ key: 'User-Agent', value: 'langflow' }],
    accepts: ['DataFrame', 'Table'],
  }),
  filter_text_html: field.bool({
    label: 'Filter Text/HTML',
    info: 'Leave out answers that are no text.',
    default: true,
    advanced: true,
  }),
  continue_on_failure: field.bool({
    label: 'Continue on Failure',
    info: 'Leave out pages that cannot be read.',
    default: true,
    advanced: true,
  }),
  check_response_status: field.bool({
    label: 'Check Response Status',
    info: 'An answer with an error status counts as a page that cannot be read.',
    advanced: true,
  }),
  autoset_encoding: field.bool({
    label: 'Autoset Encoding',
    info: 'Read pages in the encoding they name.',
    default: true,
    advanced: true,
  }),
  follow_redirects: field.bool({
    label: 'Follow Redirects',
    info: 'Read the page an address leads on to.',
    default: true,
    advanced: true,
  }),
}

export const url = defineComponent({
  type: 'URLComponent',
  aliases: ['URL'],
  displayName: 'URL',
  description: 'Reads web pages, and the pages they link to.',
  icon: 'layout-template',
  category: 'data_source',
  documentation: 'https://docs.langflow.org/url',
  inputs,
  outputs: {
    page_results: {
      type: 'DataFrame',
      label: 'Extracted Pages',
      method: 'fetch_content',
      run: async ({ inputs, context }) => dataFrame((await pagesOf(inputs, context)).map(({ row }) => row)),
    },
    raw_results: {
      type: 'Message',
      label: 'Raw Content',
      method: 'fetch_content_as_message',
      // The tool's name in files of 1.5 and 1.6.
      toolNames: ['as_message'],
      tool: 'named',
      run: async ({ inputs, context }) => asMessage(await pagesOf(inputs, context)),
    },
    // Flows of 1.4 and before name their outputs so.
    data: {
      type: 'Data',
      label: 'Data',
      method: 'as_data',
      hidden: true,
      tool: false,
      run: async ({ inputs, context }) => (await pagesOf(inputs, context)).map(({ row }) => data(row)),
    },
    text: {
      type: 'Message',
      label: 'Message',
      method: 'fetch_content_text',
      hidden: true,
      tool: 'named',
      run: async ({ inputs, dynamic, context }) => asMessage(await pagesOf(inputs, context), dynamic.separator),
    },
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'as_dataframe',
      hidden: true,
      tool: 'named',
      run: async ({ inputs, context }) => dataFrame((await pagesOf(inputs, context)).map(({ row }) => row)),
    },
  },
})

function asMessage(pages: readonly WebPage[], separator: unknown = undefined) {
  const text = pages.map(({ row }) => row.text).join(typeof separator === 'string' ? separator : '\n\n')
  return message(text, { extra: { data: pages.map(({ row }) => row) } })
}

type UrlInputs = InputsOf<typeof inputs>

function pagesOf(inputs: UrlInputs, context: RunContext): Promise<readonly WebPage[]> {
  return oncePerBuild(context, 'pages', async () => {
    try {
      return await readPages(inputs, context)
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'address_refused') throw error
      throw new AppError('invalid_field', [`Error loading documents: ${messageOf(error)}`], { cause: error })
    }
  })
}

async function readPages(inputs: UrlInputs, context: RunContext): Promise<readonly WebPage[]> {
  const typed = inputs.urls.filter((one) => one.trim() !== '')
  const addresses = [...new Set(typed.flatMap((one) => addressIn(one, inputs.continue_on_failure && typed.length > 1)))]
  if (addresses.length === 0) throw new AppError('invalid_field', ['No valid URLs provided.'])
  // Nodes of 1.0 call the source `Raw HTML`.
  const format = String(inputs.format) === 'Raw HTML' ? 'HTML' : inputs.format
  const pages = await crawl(
    addresses,
    {
      format,
      depth: Math.trunc(inputs.max_depth),
      stayInside: inputs.prevent_outside,
      skipFailures: inputs.continue_on_failure,
      headers: headersOf(inputs.headers),
      timeoutMs: inputs.timeout * 1000,
      followRedirects: inputs.follow_redirects,
      checkStatus: inputs.check_response_status,
    },
    context,
  )
  if (pages.length === 0) throw new AppError('invalid_field', ['No documents were successfully loaded from any URL'])
  return pages
}

function addressIn(typed: string, skipInvalid: boolean): readonly string[] {
  try {
    return [webAddress(typed)]
  } catch (error) {
    if (!skipInvalid) throw error
    return []
  }
}
