import { AppError } from '@runnel/protocol/errors'
import {
  type Data,
  type DataFrame,
  dataFrame,
  isData,
  isDataFrame,
  isMessage,
  type Message,
  markdownTable,
  message,
  pyRepr,
  toDataFrame,
} from '@runnel/sdk'
import { cellText, parseCsv, writeCsv } from './csv.ts'
import { writeWorkbook } from './spreadsheet.ts'

/** What is written to a file, and the word for it. */
export type Content =
  | { readonly type: 'Message'; readonly value: Message }
  | { readonly type: 'Data'; readonly value: Data }
  | { readonly type: 'DataFrame'; readonly value: DataFrame }

export type FileFormat = 'csv' | 'excel' | 'json' | 'markdown' | 'txt' | 'html'

/**
 * A value as content of a file. A text, as a tool is given it, is a table when it is JSON.
 * @throws AppError `invalid_field` for what cannot be written.
 */
export function contentOf(value: unknown): Content {
  if (isMessage(value)) return { type: 'Message', value }
  if (isData(value)) return { type: 'Data', value }
  if (isDataFrame(value)) return { type: 'DataFrame', value }
  if (Array.isArray(value) && value.length > 0) return { type: 'DataFrame', value: toDataFrame(value) }
  if (typeof value === 'string') {
    const table = tableIn(value)
    return table ? { type: 'DataFrame', value: table } : { type: 'Message', value: message(value) }
  }
  throw new AppError('invalid_field', [`Unsupported input type: ${value === undefined ? 'nothing' : pyRepr(value)}`])
}

function tableIn(text: string): DataFrame | undefined {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' && parsed !== null ? toDataFrame(parsed) : undefined
  } catch {
    return undefined
  }
}

/** The bytes of a file of this format; `existing` is what it holds already, to which the content is added. */
export async function writeFormat(
  content: Content,
  format: FileFormat,
  existing: Uint8Array | undefined,
): Promise<Uint8Array> {
  if (format === 'excel') {
    const { columns, rows } = tableOf(content)
    return writeWorkbook(columns, rows, cellText)
  }
  const before = existing === undefined ? undefined : new TextDecoder().decode(existing)
  return new TextEncoder().encode(await textOf(content, format, before))
}

async function textOf(content: Content, format: FileFormat, before: string | undefined): Promise<string> {
  switch (format) {
    case 'csv': {
      const { columns, rows } = tableOf(content)
      if (before === undefined || before.trim() === '') return writeCsv(columns, rows)
      // New rows follow the columns that are there.
      const [first = {}] = await parseCsv(before)
      const known = Object.keys(first).length > 0 ? Object.keys(first) : columns
      return before.replace(/\n?$/, '\n') + writeCsv(known, rows, { header: false })
    }
    case 'json': {
      const value = jsonOf(content)
      if (before === undefined) return JSON.stringify(value, null, 2)
      const held = parsedList(before)
      return JSON.stringify([...held, ...(Array.isArray(value) ? value : [value])], null, 2)
    }
    case 'markdown': {
      const text =
        content.type === 'Message' ? `**Message:**\n\n${content.value.text}` : markdownTable(tableOf(content))
      return before === undefined ? text : `${before}\n\n${text}`
    }
    default: {
      const text =
        content.type === 'Message' ? content.value.text : writeCsv(tableOf(content).columns, tableOf(content).rows)
      return before === undefined ? text : `${before}\n${text}`
    }
  }
}

function tableOf({ type, value }: Content): DataFrame {
  if (type === 'DataFrame') return value
  return type === 'Data' ? toDataFrame(value) : dataFrame([{ text: value.text }])
}

function jsonOf({ type, value }: Content): unknown {
  if (type === 'Message') return { message: value.text }
  return type === 'Data' ? value.data : value.rows
}

function parsedList(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : [parsed]
  } catch (cause) {
    throw new AppError('invalid_field', ['The file is no JSON, so nothing can be added to it. Use another name.'], {
      cause,
    })
  }
}
