import {
  argumentSchema,
  defineComponent,
  type Field,
  field,
  type InputsOf,
  type RunContext,
  type Tool,
} from '@runnel/sdk'
import { askJson, postJson } from '../shared/ask-service.ts'

const inputs = {
  metaphor_api_key: field.secret({ label: 'Exa Search API Key', info: 'Your key for Exa.' }),
  use_autoprompt: field.bool({ label: 'Use Autoprompt', info: 'Let Exa put the question better.', default: true }),
  search_num_results: field.int({
    label: 'Search Number of Results',
    info: 'The most pages a search gives.',
    default: 5,
  }),
  similar_num_results: field.int({
    label: 'Similar Number of Results',
    info: 'The most pages like another.',
    default: 5,
  }),
}
type Given = InputsOf<typeof inputs>

export const exaSearch = defineComponent({
  type: 'ExaSearch',
  aliases: ['ExaSearchToolkit'],
  displayName: 'Exa Search',
  description: 'Gives agents tools that search the web with Exa.',
  icon: 'ExaSearch',
  category: 'exa',
  documentation: 'https://docs.exa.ai',
  inputs,
  outputs: {
    tools: {
      type: 'Tool',
      label: 'Tools',
      method: 'build_toolkit',
      run: ({ inputs, context }) => toolsOf(inputs, context),
    },
  },
})

function toolsOf(given: Given, context: RunContext): readonly Tool[] {
  const tool = (name: string, description: string, argument: readonly [string, Field], ask: Ask): Tool => ({
    kind: 'tool',
    name,
    tags: [name],
    description,
    inputSchema: argumentSchema([argument]),
    async call(input, signal) {
      const { path, body } = ask(input[argument[0]])
      const request = postJson(body, { 'x-api-key': given.metaphor_api_key })
      return (await askJson(`https://api.exa.ai/${path}`, request, { ...context, signal })).results ?? []
    },
  })
  return [
    tool(
      'search',
      'Searches the web for a question.',
      ['query', field.text({ label: 'Query', info: 'What to look for.', required: true })],
      (query) => ({
        path: 'search',
        body: { query, useAutoprompt: given.use_autoprompt, numResults: given.search_num_results },
      }),
    ),
    tool(
      'get_contents',
      'Reads pages. The ids are those that search gives.',
      ['ids', field.text({ label: 'Ids', info: 'The ids of the pages.', required: true, list: true })],
      (ids) => ({ path: 'contents', body: { ids: [ids].flat(), text: true } }),
    ),
    tool(
      'find_similar',
      'Finds pages that are like another.',
      ['url', field.text({ label: 'Url', info: 'The address of the other page.', required: true })],
      (url) => ({ path: 'findSimilar', body: { url, numResults: given.similar_num_results } }),
    ),
  ]
}

/** The request for the argument a model gives. */
type Ask = (argument: unknown) => { readonly path: string; readonly body: object }
