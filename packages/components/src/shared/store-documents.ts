import { createHash } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { type Data, data, isData, isDataFrame, isMessage, textOfData, toDataList } from '@runnel/sdk'

/** A text and what is known about it, as stores keep it. */
export interface StoreDocument {
  readonly text: string
  readonly metadata: Readonly<Record<string, unknown>>
}

/**
 * The documents of a field that takes Data and tables, one or several.
 * @throws AppError `invalid_field` for anything else
 */
export function documentsIn(given: unknown): readonly StoreDocument[] {
  if (given === undefined || given === null || given === '') return []
  if (Array.isArray(given)) return given.flatMap(documentsIn)
  if (!isData(given) && !isDataFrame(given) && !isMessage(given)) {
    throw new AppError('invalid_field', ['Vector Store Inputs must be Data objects.'])
  }
  return toDataList(given).map(documentOf)
}

function documentOf(record: Data): StoreDocument {
  const { [record.text_key]: _, ...metadata } = record.data
  return { text: textOfData(record), metadata }
}

/** What was found as the Data flows go on with. */
export const dataOf = ({ text, metadata }: StoreDocument): Data => data({ text, ...metadata })

/** A name for a document that depends on what it holds alone, as a UUID: stores that know it need it no second time. */
export function documentId({ text, metadata }: StoreDocument): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([text, metadata]))
    .digest('hex')
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
}

/** Metadata as stores take it that know texts, numbers and booleans alone: the rest is left out. */
export const flatMetadata = (
  metadata: StoreDocument['metadata'],
): Readonly<Record<string, string | number | boolean>> =>
  Object.fromEntries(
    Object.entries(metadata).filter((entry): entry is [string, string | number | boolean] =>
      ['string', 'number', 'boolean'].includes(typeof entry[1]),
    ),
  )
