import { defineComponent, field } from '@runnel/sdk'
import { chunksOf } from '../processing/split-text.ts'
import { splitRecords, splitterFields, unescaped } from '../shared/splitter-fields.ts'

/** What holds sentences apart until they are joined; no text has it. */
const BREAK = '\u0000'

export const naturalLanguageTextSplitter = defineComponent({
  type: 'NaturalLanguageTextSplitter',
  aliases: ['NaturalLanguageTextSplitterComponent'],
  displayName: 'Natural Language Text Splitter',
  description: 'Cuts texts between sentences.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    ...splitterFields,
    separator: field.text({
      label: 'Separator',
      info: 'What stands between sentences in a chunk. Empty means an empty line.',
    }),
    language: field.text({
      label: 'Language',
      info: 'The language of the texts, such as en or German. Empty means English.',
    }),
  },
  outputs: {
    data: {
      type: 'Data',
      label: 'JSON',
      method: 'transform_data',
      run({ inputs: { chunk_size: size, chunk_overlap: overlap, data_input, separator, language } }) {
        const joint = unescaped(separator) || '\n\n'
        const sentences = sentencesOf(language)
        return splitRecords(data_input, (text) =>
          chunksOf(sentences(text).join(BREAK), { size, overlap, separator: BREAK }).map((chunk) =>
            chunk.replaceAll(BREAK, joint),
          ),
        )
      },
    },
  },
})

/** Languages that files name in English. */
const CODES: Readonly<Record<string, string>> = {
  english: 'en',
  german: 'de',
  french: 'fr',
  spanish: 'es',
  italian: 'it',
  portuguese: 'pt',
  dutch: 'nl',
  polish: 'pl',
  russian: 'ru',
  chinese: 'zh',
  japanese: 'ja',
}

function sentencesOf(language: string): (text: string) => readonly string[] {
  const name = language.trim().toLowerCase()
  const code = CODES[name] ?? (/^[a-z]{2}(-[a-z]{2})?$/.test(name) ? name : 'en')
  const segmenter = new Intl.Segmenter(code, { granularity: 'sentence' })
  return (text) =>
    Array.from(segmenter.segment(text), ({ segment }) => segment.trim()).filter((sentence) => sentence !== '')
}
