import { AppError, messageOf } from '@runnel/protocol/errors'
import { data, defineComponent, field, message } from '@runnel/sdk'
import { findAll } from '../shared/python-regex.ts'

export const regexExtractor = defineComponent({
  type: 'RegexExtractorComponent',
  displayName: 'Regex Extractor',
  description: 'Finds all that fits a regular expression in a text.',
  icon: 'regex',
  category: 'processing',
  legacy: true,
  replacement: ['processing.ParserComponent'],
  inputs: {
    input_text: field.text({ label: 'Input Text', info: 'The text to search.', required: true }),
    pattern: field.text({ label: 'Regex Pattern', info: 'The expression to find.', required: true, tool: true }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'Data',
      method: 'extract_matches',
      run: ({ inputs }) => {
        const { matches, error } = search(inputs)
        return error === undefined ? matches.map((match) => data({ match })) : [data({ error })]
      },
    },
    text: {
      type: 'Message',
      label: 'Message',
      method: 'get_matches_text',
      run: ({ inputs }) => {
        const { matches, error } = search(inputs)
        return message(error ?? (matches.map((match) => [match].flat().join(', ')).join('\n') || 'No matches found'))
      },
    },
  },
})

/** What was found, without what is empty; or why nothing could be searched for. */
function search({ pattern, input_text }: { readonly pattern: string; readonly input_text: string }) {
  if (pattern === '' || input_text === '') return { matches: [] }
  try {
    return { matches: findAll(pattern, input_text).filter((match) => match !== '') }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { matches: [], error: messageOf(error) }
  }
}
