import { AppError } from '@runnel/protocol/errors'
import { data, dataFrame, defineComponent, field, type RunContext } from '@runnel/sdk'
import { askService, USER_AGENT } from '../shared/ask-service.ts'
import { oncePerBuild } from '../shared/build-memo.ts'
import { readPage } from '../shared/web-pages.ts'

const BASE = 'https://docs.omniverse.nvidia.com/kit/docs/rtx_remix/latest/'
const AT_ONCE = 5
const MOST_PAGES = 500

export const remixDocumentation = defineComponent({
  type: 'RemixDocumentation',
  displayName: 'RTX Remix Documentation',
  description: 'Reads the pages of the documentation of NVIDIA RTX Remix.',
  icon: 'NVIDIA',
  category: 'nvidia',
  documentation: BASE,
  inputs: {
    exclude_paths: field.text({
      label: 'Exclude Paths',
      info: 'Pages whose path holds one of these texts are left out.',
      list: true,
      default: ['source', 'docs/changelog', 'CHANGELOG.html', 'docs/contributing/api.html'],
    }),
  },
  outputs: {
    dataframe_output: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'fetch_documentation_dataframe',
      run: async ({ inputs, context }) =>
        dataFrame(await pagesWithout(inputs.exclude_paths, context), { columns: ['title', 'text', 'url'] }),
    },
    data_output: {
      type: 'Data',
      label: 'Data',
      method: 'fetch_documentation_data',
      run: async ({ inputs, context }) => (await pagesWithout(inputs.exclude_paths, context)).map((page) => data(page)),
    },
  },
})

type Page = { readonly title: string; readonly text: string; readonly url: string }

const pagesWithout = (excluded: readonly string[], context: RunContext): Promise<readonly Page[]> =>
  oncePerBuild(context, 'pages', async () => {
    const { text } = await askService(`${BASE}searchindex.js`, { headers: USER_AGENT }, context)
    const without = excluded.map((part) => part.trim()).filter((part) => part !== '')
    const paths = documentsIn(text)
      .map((name) => `${name}.html`)
      .filter((path) => !without.some((part) => path.includes(part)))
    if (paths.length > MOST_PAGES) context.log('Pages', `Only the first ${MOST_PAGES} of ${paths.length} are read.`)
    const wanted = paths.slice(0, MOST_PAGES)
    const pages: (Page | undefined)[] = []
    for (let first = 0; first < wanted.length; first += AT_ONCE) {
      const some = wanted.slice(first, first + AT_ONCE)
      pages.push(...(await Promise.all(some.map((path) => pageAt(BASE + path, context)))))
    }
    return pages.filter((page) => page !== undefined)
  })

/** The names in the search index of a Sphinx site, which is JSON in a call or, before, a literal of JavaScript. */
export function documentsIn(index: string): readonly string[] {
  const list = /["']?docnames["']?\s*:\s*\[([^\]]*)\]/.exec(index)?.[1]
  if (list === undefined) throw new AppError('bad_request', ['The search index of the documentation has no names.'])
  return [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single ?? '')
}

/** A page that cannot be read is left out. */
async function pageAt(url: string, context: RunContext): Promise<Page | undefined> {
  const options = {
    format: 'Text',
    headers: USER_AGENT,
    timeoutMs: 30_000,
    followRedirects: true,
    checkStatus: true,
  } as const
  try {
    const { row } = await readPage(url, options, context)
    return { title: row.title, text: row.text, url }
  } catch (error) {
    context.signal.throwIfAborted()
    if (!(error instanceof AppError)) throw error
    context.log('Pages', `${url} was left out: ${error.message}`)
    return undefined
  }
}
