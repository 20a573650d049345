import { AppError } from '@runnel/protocol/errors'
import { defineComponent, type Embeddings, field, isEmbeddings, type RunContext } from '@runnel/sdk'
import { splitAtMatches } from '../shared/python-regex.ts'
import { splitRecords } from '../shared/splitter-fields.ts'

const KINDS = ['percentile', 'standard_deviation', 'interquartile'] as const
type Kind = (typeof KINDS)[number]
const AMOUNTS: Readonly<Record<Kind, number>> = { percentile: 0.95, standard_deviation: 3, interquartile: 1.5 }

export const semanticTextSplitter = defineComponent({
  type: 'SemanticTextSplitter',
  aliases: ['SemanticTextSplitterComponent'],
  displayName: 'Semantic Text Splitter',
  description: 'Cuts texts where the meaning changes, as an embedding model sees it.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  beta: true,
  inputs: {
    data_inputs: field.handle({
      label: 'Data Inputs',
      info: 'The texts to split.',
      required: true,
      list: true,
      accepts: ['Data', 'JSON'],
    }),
    embeddings: field.handle({
      label: 'Embeddings',
      info: 'The model that tells meanings apart.',
      required: true,
      accepts: ['Embeddings'],
    }),
    breakpoint_threshold_type: field.dropdown({
      label: 'Breakpoint Threshold Type',
      info: 'How it is found out which distance between sentences is a large one.',
      options: KINDS,
      default: 'percentile',
    }),
    breakpoint_threshold_amount: field.float({
      label: 'Breakpoint Threshold Amount',
      info: 'How large: 0.95 of all distances are smaller, or so many deviations above the mean.',
      default: 0.5,
    }),
    number_of_chunks: field.int({
      label: 'Number of Chunks',
      info: 'How many chunks to make of each text; 0 means as many as the threshold gives.',
      default: 5,
    }),
    sentence_split_regex: field.text({
      label: 'Sentence Split Regex',
      info: 'Where a sentence ends, as a regular expression. Empty means after . ? and !',
      advanced: true,
    }),
    buffer_size: field.int({
      label: 'Buffer Size',
      info: 'How many neighbours are looked at together with a sentence.',
      default: 0,
      advanced: true,
    }),
  },
  outputs: {
    chunks: {
      type: 'Data',
      label: 'Chunks',
      method: 'split_text',
      run({ inputs, context }) {
        const model = inputs.embeddings
        if (!isEmbeddings(model)) throw new AppError('invalid_field', ['There is no embedding model. Connect one.'])
        const options = {
          kind: inputs.breakpoint_threshold_type,
          amount: inputs.breakpoint_threshold_amount,
          count: inputs.number_of_chunks,
          buffer: inputs.buffer_size,
        }
        const sentences = sentenceSplitter(inputs.sentence_split_regex)
        return splitRecords(inputs.data_inputs, (text) => semanticChunks(sentences(text), options, model, context))
      },
    },
  },
})

function sentenceSplitter(typed: string): (text: string) => readonly string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
  const parts =
    typed.trim() === ''
      ? (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)
      : (text: string) => splitAtMatches(typed, text)
  return (text) =>
    parts(text)
      .map((part) => part.trim())
      .filter((part) => part !== '')
}

export interface SemanticOptions {
  readonly kind: Kind
  readonly amount: number
  /** Above 0: so many chunks, whatever the threshold. */
  readonly count: number
  readonly buffer: number
}

/** Sentences joined to chunks; a new one begins where the distance to the sentence before is large. */
export async function semanticChunks(
  sentences: readonly string[],
  options: SemanticOptions,
  model: Embeddings,
  { signal, addUsage }: Pick<RunContext, 'signal' | 'addUsage'>,
): Promise<readonly string[]> {
  if (sentences.length < 2) return sentences
  const around = sentences.map((_, at) =>
    sentences.slice(Math.max(0, at - options.buffer), at + options.buffer + 1).join(' '),
  )
  const vectors = await model.embed(around, signal, { addUsage })
  const distances = vectors.slice(1).map((vector, at) => 1 - cosine(vectors[at] ?? [], vector))
  const limit = limitOf(distances, options)
  const chunks: string[][] = [[sentences[0] ?? '']]
  for (const [at, distance] of distances.entries()) {
    const sentence = sentences[at + 1] ?? ''
    if (distance > limit) chunks.push([sentence])
    else chunks.at(-1)?.push(sentence)
  }
  return chunks.map((chunk) => chunk.join(' '))
}

/** Distances above it end a chunk. */
function limitOf(distances: readonly number[], { kind, amount, count }: SemanticOptions): number {
  const sorted = distances.toSorted((a, b) => a - b)
  if (count > 0) return count > distances.length ? -1 : (sorted[distances.length - count] ?? 0)
  const size = amount > 0 ? amount : AMOUNTS[kind]
  const mean = distances.reduce((sum, one) => sum + one, 0) / distances.length
  switch (kind) {
    case 'percentile':
      // Both 0.95 and 95 are written for it.
      return quantile(sorted, size > 1 ? size / 100 : size)
    case 'standard_deviation':
      return mean + size * Math.sqrt(distances.reduce((sum, one) => sum + (one - mean) ** 2, 0) / distances.length)
    case 'interquartile':
      return mean + size * (quantile(sorted, 0.75) - quantile(sorted, 0.25))
    default:
      return kind satisfies never
  }
}

/** Between two entries where the part falls between them. */
function quantile(sorted: readonly number[], part: number): number {
  const at = Math.min(1, part) * (sorted.length - 1)
  const [low = 0, high = low] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return low + (high - low) * (at - Math.floor(at))
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const product = a.reduce((sum, entry, at) => sum + entry * (b[at] ?? 0), 0)
  return product / (Math.hypot(...a) * Math.hypot(...b) || 1)
}
