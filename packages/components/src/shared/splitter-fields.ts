import { AppError } from '@runnel/protocol/errors'
import { type Data, data, field, isMessage, messageFields, textOfData, toDataList } from '@runnel/sdk'

const accepts = ['Document', 'Data', 'JSON']

/** The fields of the text splitters. */
export const splitterFields = {
  chunk_size: field.int({ label: 'Chunk Size', info: 'The most characters of a chunk.', default: 1000 }),
  chunk_overlap: field.int({
    label: 'Chunk Overlap',
    info: 'How many characters neighbouring chunks may share.',
    default: 200,
  }),
  data_input: field.handle({ label: 'Input', info: 'The texts to split.', required: true, list: true, accepts }),
}

/**
 * A record for each chunk, with what else its text came with.
 * @throws AppError `invalid_field` when there is no text
 */
export async function splitRecords(
  given: readonly unknown[],
  split: (text: string) => readonly string[] | Promise<readonly string[]>,
): Promise<readonly Data[]> {
  const records = given.flat().flatMap((value) => toDataList(isMessage(value) ? messageFields(value) : value))
  if (records.length === 0) throw new AppError('invalid_field', ['There is no text to split. Connect some data.'])
  const chunks: Data[] = []
  for (const record of records) {
    const { [record.text_key]: _, ...rest } = record.data
    for (const text of await split(textOfData(record))) chunks.push(data({ text, ...rest }))
  }
  return chunks
}

/** `\n` and `\t` typed as two characters. */
export const unescaped = (typed: string): string => typed.replaceAll('\\n', '\n').replaceAll('\\t', '\t')
