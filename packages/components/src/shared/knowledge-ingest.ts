import { createHash, randomUUID } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import type { Embeddings, RunContext, VectorChunk, VectorCollection } from '@runnel/sdk'
import { pyStr } from '@runnel/sdk'
import { chosenEmbeddings } from './embedding-choice.ts'

/** What a column of a table is for. */
export interface ColumnUse {
  readonly column_name: string
  /** Its text is what is found. */
  readonly vectorize: boolean
  /** Its values tell rows apart: one that is there is not added again. */
  readonly identifier: boolean
}

type Row = Readonly<Record<string, unknown>>

/**
 * The columns as a table field holds them, whose switches may be texts.
 * @throws AppError `invalid_field` when there is none, or one the table lacks
 */
export function columnUses(given: readonly Row[], available: readonly string[]): readonly ColumnUse[] {
  const isOn = (value: unknown) => value === true || (typeof value === 'string' && value.toLowerCase() === 'true')
  const uses = given
    .map(({ column_name, vectorize, identifier }) => ({
      column_name: String(column_name ?? '').trim(),
      vectorize: isOn(vectorize),
      identifier: isOn(identifier),
    }))
    .filter(({ column_name }) => column_name !== '')
  if (uses.length === 0) throw invalid('Column configuration cannot be empty')
  for (const { column_name: name } of uses) {
    if (!available.includes(name)) {
      throw invalid(`Column '${name}' not found in DataFrame. Available columns: [${available.join(', ')}]`)
    }
  }
  return uses
}

/** A row as a text with a name that depends on its identifiers alone. */
export function chunkOfRow(row: Row, uses: readonly ColumnUse[]): Omit<VectorChunk, 'vector'> {
  const namesOf = (pick: (use: ColumnUse) => boolean) => uses.filter(pick).map(({ column_name }) => column_name)
  const joined = (names: readonly string[]) => names.map((name) => textOf(row[name])).join(' ')
  const vectorized = namesOf(({ vectorize }) => vectorize)
  const text = joined(vectorized)
  const identifiers = namesOf(({ identifier }) => identifier)
  const key = sha256(identifiers.length > 0 ? joined(identifiers) : text)
  const rest = Object.entries(row).filter(([name, value]) => !vectorized.includes(name) && hasValue(value))
  return {
    key,
    text,
    metadata: { ...Object.fromEntries(rest.map(([name, value]) => [name, textOf(value)])), _id: key },
  }
}

export interface IngestOptions {
  readonly collection: VectorCollection
  readonly embeddings: Embeddings
  /** A row that is there already is added again. */
  readonly allowDuplicates: boolean
  /** Texts embedded at a time. */
  readonly batchSize: number
  /** Told after each batch. */
  readonly onProgress?: (done: number) => void
  /** Told the tokens that were embedded. */
  readonly addUsage?: RunContext['addUsage']
}

/**
 * Embeds what is not there yet and adds it.
 * @throws AppError of the embedding model, or `invalid_field` for vectors of another length
 */
export async function addChunks(
  given: readonly Omit<VectorChunk, 'vector'>[],
  { collection, embeddings, allowDuplicates, batchSize, onProgress, addUsage }: IngestOptions,
  signal: AbortSignal,
): Promise<{ readonly added: number; readonly skipped: number }> {
  const named = allowDuplicates ? given.map((chunk) => ({ ...chunk, key: `${chunk.key}-${randomUUID()}` })) : given
  const seen = new Set(await collection.known(named.map(({ key }) => key)))
  const fresh = named.filter(({ key, text }) => text.trim() !== '' && !seen.has(key) && seen.add(key))
  const size = Math.max(1, Math.min(batchSize, 1000))
  let added = 0
  for (let at = 0; at < fresh.length; at += size) {
    signal.throwIfAborted()
    const batch = fresh.slice(at, at + size)
    const vectors = await embeddings.embed(
      batch.map(({ text }) => text),
      signal,
      { addUsage },
    )
    const result = await collection.add(batch.map((chunk, index) => ({ ...chunk, vector: vectors[index] ?? [] })))
    added += result.added
    onProgress?.(at + batch.length)
  }
  return { added, skipped: given.length - added }
}

/**
 * The embeddings a knowledge base was made with; `api_key` is used instead of the key of the provider.
 * @throws AppError `invalid_field` when none were chosen, or their key is missing
 */
export function knowledgeEmbeddings(
  embedding: { readonly provider: string; readonly model: string } | null,
  api_key: string | undefined,
  context: Pick<RunContext, 'variables'>,
): Promise<Embeddings> {
  if (!embedding) {
    throw invalid('No embedding model configuration found. Please create the knowledge base first.')
  }
  const model = [{ name: embedding.model, provider: embedding.provider }]
  return chosenEmbeddings({ model, api_key }, context)
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined || value === null ? '' : pyStr(value)
const hasValue = (value: unknown): boolean => value !== undefined && value !== null && value !== ''
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const invalid = (why: string): AppError => new AppError('invalid_field', [why])
