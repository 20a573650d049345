import { defineComponent, field, message } from '@runnel/sdk'

const INSTRUCTIONS = 'Your response should be a list of comma separated values, eg: `foo, bar, baz` or `foo,bar,baz`'

/** Reads a text into what its format holds. */
export interface OutputParser {
  readonly kind: 'output-parser'
  parse(text: string): readonly string[]
}

const csv: OutputParser = {
  kind: 'output-parser',
  parse: (text) => text.split(',').map((value) => value.trim()),
}

export const outputParser = defineComponent({
  type: 'OutputParser',
  aliases: ['OutputParserComponent'],
  displayName: 'Output Parser',
  description: 'Tells a model to answer with comma separated values, and reads such an answer.',
  icon: 'type',
  category: 'processing',
  legacy: true,
  replacement: ['llm_operations.StructuredOutput', 'processing.ParserComponent'],
  inputs: {
    parser_type: field.dropdown({ label: 'Parser', info: 'The format of answers.', options: ['CSV'], default: 'CSV' }),
  },
  outputs: {
    format_instructions: {
      type: 'Message',
      label: 'Format Instructions',
      method: 'format_instructions',
      info: 'What to tell the model.',
      run: () => message(INSTRUCTIONS),
    },
    output_parser: {
      type: 'Any',
      types: ['OutputParser'],
      label: 'Output Parser',
      method: 'build_parser',
      tool: false,
      run: () => csv,
    },
  },
})
