import { defineComponent, field } from '@runnel/sdk'
import { recursiveChunks } from '../shared/recursive-chunks.ts'
import { splitRecords, splitterFields, unescaped } from '../shared/splitter-fields.ts'

export const recursiveCharacterTextSplitter = defineComponent({
  type: 'RecursiveCharacterTextSplitter',
  aliases: ['RecursiveCharacterTextSplitterComponent'],
  displayName: 'Recursive Character Text Splitter',
  description: 'Cuts texts between paragraphs where it can, else between lines, words and characters.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    ...splitterFields,
    separators: field.text({
      label: 'Separators',
      info: 'Where texts may be cut, the best place first. Empty means paragraphs, lines, words, characters.',
      list: true,
    }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'JSON',
      method: 'transform_data',
      run({ inputs: { chunk_size: size, chunk_overlap: overlap, data_input, separators } }) {
        const typed = separators.map(unescaped).filter((separator) => separator !== '')
        const wanted = typed.length > 0 ? [...typed, ''] : undefined
        return splitRecords(data_input, (text) => recursiveChunks(text, { size, overlap, keep: 'start' }, wanted))
      },
    },
  },
})
