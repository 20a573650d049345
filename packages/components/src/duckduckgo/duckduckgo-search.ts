import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { failureOf } from '../shared/ask-service.ts'
import { searchOutputs } from '../shared/older-search.ts'
import { findPages } from '../shared/web-search.ts'

const inputs = {
  input_value: field.text({ label: 'Search Query', info: 'What to look for.', required: true, tool: true }),
  max_results: field.int({ label: 'Max Results', info: 'The most results to give.', default: 5, advanced: true }),
  max_snippet_length: field.int({
    label: 'Max Snippet Length',
    info: 'The most characters of a snippet.',
    default: 100,
    advanced: true,
  }),
}

export const duckDuckGoSearch = defineComponent({
  type: 'DuckDuckGoSearchComponent',
  displayName: 'DuckDuckGo Search',
  description: 'Searches the web with DuckDuckGo and gives what it says of each page it finds.',
  icon: 'DuckDuckGo',
  category: 'duckduckgo',
  documentation: 'https://docs.langflow.org/bundles-duckduckgo',
  inputs,
  outputs: searchOutputs<typeof inputs>(({ inputs, context }) => search(inputs, context)),
})

/** A row for each page that is found, or one that says what went wrong. */
async function search({ input_value, max_results, max_snippet_length }: InputsOf<typeof inputs>, context: RunContext) {
  try {
    const found = await findPages(input_value, 30_000, context)
    return found.slice(0, Math.max(0, max_results)).map(({ snippet: content }) => {
      const snippet = content.slice(0, Math.max(0, max_snippet_length))
      return { text: snippet, content, snippet }
    })
  } catch (error) {
    const text = failureOf(error, context)
    return [{ text, error: text }]
  }
}
