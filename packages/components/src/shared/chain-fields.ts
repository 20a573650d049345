import { field } from '@runnel/sdk'

/** The fields of the chains: a text, and a connected model that is asked about it. */
export const chainFields = {
  input_value: field.multiline({ label: 'Input', info: 'The text the chain begins with.', required: true }),
  llm: field.handle({
    label: 'Language Model',
    info: 'The model that is asked.',
    required: true,
    accepts: ['LanguageModel'],
  }),
}
