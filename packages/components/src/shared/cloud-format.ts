import { AppError } from '@runnel/protocol/errors'
import { toText } from '@runnel/sdk'
import { writeCsv } from './csv.ts'
import { extensionOf } from './stored-document.ts'
import { type Content, type FileFormat, writeFormat } from './written-file.ts'

/** Formats that are written as local files are. */
const WRITTEN: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  excel: 'excel',
  html: 'html',
  json: 'json',
  markdown: 'markdown',
  md: 'markdown',
  xlsx: 'excel',
}
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  md: 'text/markdown',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
}
/** Others are the text as it is. */
const TEXTS = ['txt', 'xml', 'yaml', 'log', 'tsv', 'jsonl']
/** What Google makes of a text. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  docs: 'application/vnd.google-apps.document',
  slides: 'application/vnd.google-apps.presentation',
}

export interface FormattedFile {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  readonly becomes?: string
}

/** A value as a file of one of the formats clouds are offered. @throws AppError `invalid_field` for any other */
export async function cloudFile(content: Content, name: string, format: string): Promise<FormattedFile> {
  const becomes = DOCUMENTS[format]
  if (becomes) return { name, mediaType: 'text/plain', bytes: encoded(textOf(content)), becomes }
  const written = WRITTEN[format]
  // A message is no table.
  const isWritten = written !== undefined && !(content.type === 'Message' && ['csv', 'excel'].includes(written))
  if (!isWritten && written !== 'csv' && !TEXTS.includes(format)) {
    throw new AppError('invalid_field', [`Files of the format ${format} cannot be written here. Choose another.`])
  }
  const ending = { excel: 'xlsx', markdown: 'md' }[format] ?? format
  return {
    name: extensionOf(name) === ending ? name : `${name}.${ending}`,
    mediaType: MEDIA_TYPES[ending] ?? 'text/plain',
    bytes: isWritten ? await writeFormat(content, written, undefined) : encoded(textOf(content)),
  }
}

/** A table as CSV, JSON as such, a message by what it says. */
function textOf(content: Content): string {
  switch (content.type) {
    case 'Message':
      return toText(content.value)
    case 'Data':
      return JSON.stringify(content.value.data, null, 2)
    case 'DataFrame':
      return writeCsv(content.value.columns, content.value.rows)
    default:
      return content satisfies never
  }
}

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)
