import { AppError } from '@runnel/protocol/errors'
import {
  type Data,
  data,
  dataFrame,
  defineComponent,
  field,
  isDataFrame,
  isMessage,
  messageFields,
  textOfData,
  toDataList,
} from '@runnel/sdk'

const inputs = {
  data_inputs: field.handle({
    label: 'Input',
    info: 'The texts to split.',
    required: true,
    accepts: ['Data', 'JSON', 'DataFrame', 'Table', 'Message'],
  }),
  chunk_overlap: field.int({
    label: 'Chunk Overlap',
    info: 'How many characters neighbouring chunks may share.',
    default: 200,
  }),
  chunk_size: field.int({
    label: 'Chunk Size',
    info: 'The most characters of a chunk. A piece between two separators that is longer stays whole.',
    default: 1000,
  }),
  separator: field.text({
    label: 'Separator',
    info: 'Where the text may be split. \\n is a line end, \\n\\n an empty line.',
    default: '\n',
  }),
  text_key: field.text({
    label: 'Text Key',
    info: 'The key or column that holds the text.',
    default: 'text',
    advanced: true,
  }),
  keep_separator: field.dropdown({
    label: 'Keep Separator',
    info: 'Whether separators stay in the text, and at which end of a piece.',
    options: ['False', 'True', 'Start', 'End'],
    default: 'False',
    advanced: true,
  }),
  clean_output: field.bool({
    label: 'Clean Output',
    info: 'Give the text alone, without the other columns.',
    advanced: true,
  }),
}

export const splitText = defineComponent({
  type: 'SplitText',
  aliases: ['SplitTextComponent'],
  displayName: 'Split Text',
  description: 'Cuts texts into chunks of about one size, at a separator of your choice.',
  icon: 'scissors-line-dashed',
  category: 'processing',
  documentation: 'https://docs.langflow.org/split-text',
  inputs,
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'Chunks',
      method: 'split_text',
      run: ({ inputs }) => {
        const chunks = chunksOfAll(inputs)
        return dataFrame(inputs.clean_output ? chunks.map(({ text }) => ({ text })) : chunks)
      },
    },
    // Flows of 1.4 read the chunks as a list.
    chunks: {
      type: 'Data',
      label: 'Chunks',
      method: 'as_data',
      hidden: true,
      tool: false,
      run: ({ inputs }) => chunksOfAll(inputs).map((chunk) => data(chunk)),
    },
  },
})

interface SplitInputs {
  readonly data_inputs: unknown
  readonly chunk_overlap: number
  readonly chunk_size: number
  readonly separator: string
  readonly text_key: string
  readonly keep_separator: 'False' | 'True' | 'Start' | 'End'
}
type Chunk = Readonly<Record<string, unknown>> & { readonly text: string }

function chunksOfAll(inputs: SplitInputs): readonly Chunk[] {
  const { chunk_size: size, chunk_overlap: overlap, keep_separator, data_inputs } = inputs
  const keep = keep_separator === 'False' ? 'none' : keep_separator === 'End' ? 'end' : 'start'
  const separator = unescaped(inputs.separator)
  return textsOf(data_inputs, inputs.text_key)
    .flatMap(({ text, rest }) =>
      chunksOf(text, { size, overlap, separator, keep }).map((chunk): Chunk => ({ ...rest, text: chunk })),
    )
    .map(({ text, ...rest }) => ({ text, ...rest }))
}

function textsOf(value: unknown, key: string): readonly { readonly text: string; readonly rest: Data['data'] }[] {
  const records = toDataList(isMessage(value) ? messageFields(value) : value)
  if (records.length === 0) {
    throw new AppError('invalid_field', [isDataFrame(value) ? 'DataFrame is empty' : 'No data inputs provided'])
  }
  return records.map((record) => {
    const { [key]: _, ...rest } = record.data
    return { text: textOfData({ ...record, text_key: key }), rest }
  })
}

/** `\n` typed as two characters, and `/n` and `/t`, which people type as well. */
function unescaped(separator: string): string {
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }
  if (separator === '/n' || separator === '/t') return escapes[separator.charAt(1)] ?? separator
  return separator.replace(/\\([ntr])/g, (_, letter: string) => escapes[letter] ?? letter)
}

export interface ChunkOptions {
  /** The most characters of a chunk. */
  readonly size: number
  /** The most characters neighbouring chunks share, in whole pieces. */
  readonly overlap: number
  /** Empty: every character is a piece. */
  readonly separator: string
  readonly keep?: 'none' | 'start' | 'end'
}

/**
 * Splits a text at a separator and puts the pieces together again, as many as fit into a chunk. A piece longer than
 * `size` stays whole. Chunks are trimmed; blank ones are left out.
 * @throws AppError `invalid_field` when the overlap is larger than the size.
 */
export function chunksOf(text: string, options: ChunkOptions): readonly string[] {
  const { size, overlap, separator, keep = 'none' } = options
  if (size <= 0 || overlap < 0 || overlap > size) {
    const why = `the overlap of ${overlap} must lie between 0 and the chunk size of ${size}.`
    throw new AppError('invalid_field', [`Error splitting text: ${why}`])
  }
  const joint = keep === 'none' ? separator : ''
  return merged(piecesOf(text, separator, keep), { size, overlap, joint })
    .map((chunk) => chunk.trim())
    .filter((chunk) => chunk !== '')
}

/** The text between separators; kept ones are at the start of the next piece or the end of the one before. */
export function piecesOf(text: string, separator: string, keep: 'none' | 'start' | 'end'): readonly string[] {
  if (separator === '') return Array.from(text)
  const parts = text.split(separator)
  const last = parts.length - 1
  const pieces = parts.map((part, index) => {
    if (keep === 'start' && index > 0) return separator + part
    return keep === 'end' && index < last ? part + separator : part
  })
  return pieces.filter((piece) => piece !== '')
}

function merged(
  pieces: readonly string[],
  { size, overlap, joint }: { readonly size: number; readonly overlap: number; readonly joint: string },
): readonly string[] {
  const chunks: string[] = []
  let first = 0
  let length = 0
  const lengthWith = (piece: string, empty: boolean) => lengthOf(piece) + (empty ? 0 : lengthOf(joint))
  for (const [at, piece] of pieces.entries()) {
    if (at > first && length + lengthWith(piece, false) > size) {
      chunks.push(pieces.slice(first, at).join(joint))
      // Pieces are dropped from the front until what is left may be shared and leaves room for the new one.
      while (first < at && (length > overlap || length + lengthWith(piece, false) > size)) {
        length -= lengthWith(pieces[first] ?? '', first + 1 === at)
        first++
      }
    }
    length += lengthWith(piece, first === at)
  }
  if (first < pieces.length) chunks.push(pieces.slice(first).join(joint))
  return chunks
}

/** In characters, of which the pairs that stand for one are counted once. */
const lengthOf = (text: string): number => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0)
