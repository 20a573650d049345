import { defineComponent, field } from '@runnel/sdk'
import { chunksOf } from '../processing/split-text.ts'
import { splitRecords, splitterFields, unescaped } from '../shared/splitter-fields.ts'

export const characterTextSplitter = defineComponent({
  type: 'CharacterTextSplitter',
  aliases: ['CharacterTextSplitterComponent'],
  displayName: 'Character Text Splitter',
  description: 'Cuts texts at a separator and joins the pieces to chunks of about one size.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    ...splitterFields,
    separator: field.text({ label: 'Separator', info: 'Where texts may be cut. Empty means an empty line.' }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'JSON',
      method: 'transform_data',
      run({ inputs: { chunk_size: size, chunk_overlap: overlap, data_input, separator } }) {
        const options = { size, overlap, separator: unescaped(separator) || '\n\n' }
        return splitRecords(data_input, (text) => chunksOf(text, options))
      },
    },
  },
})
