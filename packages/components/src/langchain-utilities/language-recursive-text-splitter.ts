import { defineComponent, field } from '@runnel/sdk'
import { CODE_LANGUAGES, separatorsOf } from '../shared/code-separators.ts'
import { recursiveChunks } from '../shared/recursive-chunks.ts'
import { splitRecords, splitterFields } from '../shared/splitter-fields.ts'

export const languageRecursiveTextSplitter = defineComponent({
  type: 'LanguageRecursiveTextSplitter',
  aliases: ['LanguageRecursiveTextSplitterComponent'],
  displayName: 'Language Recursive Text Splitter',
  description: 'Cuts programs and documents where their parts begin.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    ...splitterFields,
    code_language: field.dropdown({
      label: 'Code Language',
      info: 'The language of the texts.',
      options: CODE_LANGUAGES,
      default: 'python',
    }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'JSON',
      method: 'transform_data',
      run({ inputs: { chunk_size: size, chunk_overlap: overlap, data_input, code_language } }) {
        const separators = separatorsOf(code_language)
        return splitRecords(data_input, (text) => recursiveChunks(text, { size, overlap, keep: 'start' }, separators))
      },
    },
  },
})
