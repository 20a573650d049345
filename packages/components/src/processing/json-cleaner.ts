import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, message } from '@runnel/sdk'
import { parseLenientJson } from '../shared/json-repair.ts'

export const jsonCleaner = defineComponent({
  type: 'JSONCleaner',
  displayName: 'JSON Cleaner',
  description: 'Repairs the JSON object in a text, such as a model writes it.',
  icon: 'braces',
  category: 'processing',
  legacy: true,
  replacement: ['processing.ParserComponent'],
  inputs: {
    json_str: field.text({ label: 'JSON String', info: 'The text that holds an object.', required: true }),
    remove_control_chars: field.bool({
      label: 'Remove Control Characters',
      info: 'Take out characters that cannot be seen.',
    }),
    normalize_unicode: field.bool({
      label: 'Normalize Unicode',
      info: 'Write letters with accents in one way.',
    }),
    validate_json: field.bool({ label: 'Validate JSON', info: 'Fail when the text is no proper JSON.' }),
  },
  outputs: {
    output: {
      type: 'Message',
      label: 'Cleaned JSON String',
      method: 'clean_json',
      run: ({ inputs }) => message(cleaned(inputs)),
    },
  },
})

interface Cleaning {
  readonly json_str: string
  readonly remove_control_chars: boolean
  readonly normalize_unicode: boolean
  readonly validate_json: boolean
}

function cleaned({ json_str, remove_control_chars, normalize_unicode, validate_json }: Cleaning): string {
  const [start, end] = [json_str.indexOf('{'), json_str.lastIndexOf('}')]
  if (start === -1 || end < start) throw new AppError('invalid_field', ['Invalid JSON string: Missing { or }'])
  let text = json_str.slice(start, end + 1)
  if (remove_control_chars) text = text.replace(/[\p{Cc}]/gu, '')
  if (normalize_unicode) text = text.normalize('NFC')
  if (validate_json) check(text)
  return JSON.stringify(parseLenientJson(text))
}

function check(text: string): void {
  try {
    JSON.parse(text)
  } catch (cause) {
    throw new AppError('invalid_field', ['Invalid JSON string. Correct it, or turn off Validate JSON.'], { cause })
  }
}
