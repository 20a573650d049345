import { AppError } from '@runnel/protocol/errors'
import { dataFrame, defineComponent, field, type InputsOf, type RunArguments, type RunContext } from '@runnel/sdk'
import { askService, failureOf, USER_AGENT } from '../shared/ask-service.ts'
import { oncePerBuild } from '../shared/build-memo.ts'
import { rowsAsData } from '../shared/older-search.ts'

const inputs = {
  search_query: field.text({
    label: 'Search Query',
    info: "What to look for, such as 'quantum computing'.",
    tool: true,
  }),
  search_type: field.dropdown({
    label: 'Search Field',
    info: 'Where to look.',
    options: ['all', 'title', 'abstract', 'author', 'cat'],
    default: 'all',
  }),
  max_results: field.int({ label: 'Max Results', info: 'The most papers to find.', default: 10 }),
}

export const arxiv = defineComponent({
  type: 'ArXivComponent',
  displayName: 'arXiv',
  description: 'Finds papers on arXiv.org and gives what it knows about each.',
  icon: 'arXiv',
  category: 'arxiv',
  documentation: 'https://info.arxiv.org/help/api/user-manual.html',
  inputs,
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'search_papers_dataframe',
      // The tool's name in files of 1.4.
      toolNames: ['search_papers_dataframe', 'search_papers'],
      run: async (args) => dataFrame(await found(args)),
    },
    data: rowsAsData('search_papers', found),
  },
})

function found(args: RunArguments<typeof inputs>) {
  return oncePerBuild(args.context, 'papers', () => search(args.inputs, args.context))
}

/** The papers, or one row that says what went wrong. */
async function search({ search_query, search_type, max_results }: InputsOf<typeof inputs>, context: RunContext) {
  const query = new URLSearchParams({
    search_query: `${search_type}:${search_query}`,
    max_results: String(Math.max(0, max_results)),
  })
  try {
    const address = `http://export.arxiv.org/api/query?${query}`
    const { text } = await askService(address, { headers: USER_AGENT }, context)
    return await papersIn(text)
  } catch (error) {
    // What `askService` says of a failed connection starts with a longer form of the same words.
    const why = failureOf(error, context).replace(/^Request error occurred: /, '')
    return [{ error: `Request error: ${why}` }]
  }
}

/**
 * The papers of arXiv's feed, as rows; what a paper lacks is null.
 * @throws AppError `bad_request` when the text is no feed.
 */
export async function papersIn(xml: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { load } = await import('cheerio')
  const $ = load(xml, { xml: true })
  if ($('feed').length === 0) throw new AppError('bad_request', ['Invalid response format: the answer is no feed.'])
  return $('entry')
    .toArray()
    .map((element) => {
      const entry = $(element)
      const text = (name: string) => entry.children(name).first().text().trim() || null
      const address = (relation: string) => entry.children(`link[rel="${relation}"]`).first().attr('href') ?? null
      return {
        id: text('id'),
        title: text('title'),
        summary: text('summary'),
        published: text('published'),
        updated: text('updated'),
        authors: entry
          .children('author')
          .toArray()
          .map((author) => $(author).children('name').first().text().trim()),
        arxiv_url: address('alternate'),
        pdf_url: address('related'),
        comment: text('arxiv\\:comment'),
        journal_ref: text('arxiv\\:journal_ref'),
        primary_category: entry.children('arxiv\\:primary_category').first().attr('term') ?? null,
        categories: entry
          .children('category')
          .toArray()
          .flatMap((category) => $(category).attr('term') ?? []),
      }
    })
}
