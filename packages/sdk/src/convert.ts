import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { markdownTable } from './markdown-table.ts'
import { pyRepr, pyStr } from './python-text.ts'
import { spacedJson } from './spaced-json.ts'
import type { Data, DataFrame, Message } from './values.ts'
import { data, dataFrame, isData, isDataFrame, isMessage, message, textOfData } from './values.ts'

/**
 * Any value as text for people: a string or Message as it is, a Data as fenced JSON, a table as Markdown, a list item
 * by item on lines of their own, anything else in Python's form.
 * With `clean`, rows of tables without any value are left out and blank cells emptied.
 */
export function toText(value: unknown, { clean = false }: { readonly clean?: boolean } = {}): string {
  if (typeof value === 'string') return withoutBlankRuns(value)
  if (isMessage(value)) return value.text
  if (isData(value)) return `\`\`\`json\n${JSON.stringify(plain(value.data), null, 2)}\n\`\`\``
  if (isDataFrame(value)) return markdownTable(value, { clean })
  if (Array.isArray(value)) return value.map((item) => toText(item, { clean })).join('\n')
  return withoutBlankRuns(pyStr(value))
}

/** Lines of only blanks become empty, and runs of empty lines become one. */
function withoutBlankRuns(text: string): string {
  return text.replace(/^[^\S\n]+$/gm, '').replace(/\n{3,}/g, '\n\n')
}

/** A Message of any value: a Data gives its text if it has one, else its Python literal; a table gives Markdown. */
export function toMessage(value: unknown): Message {
  return isMessage(value) ? value : message(messageText(value))
}

function messageText(value: unknown): string {
  if (typeof value === 'string') return value
  if (isData(value)) return Object.hasOwn(value.data, value.text_key) ? textOfData(value) : pyRepr(value.data)
  if (isDataFrame(value)) return markdownTable(value, { clean: true })
  if (Array.isArray(value)) return value.map((item) => toMessage(item).text).join('\n')
  return pyStr(value)
}

/**
 * A Data of any value: a text or Message under `text`, an object as its entries, a table or list as `results`.
 * @throws AppError `invalid_field` for a number, a boolean or nothing.
 */
export function toData(value: unknown): Data {
  if (isData(value)) return value
  if (isMessage(value)) return data({ text: value.text })
  if (isDataFrame(value)) return data({ results: value.rows })
  if (typeof value === 'string') return data({ text: value })
  if (Array.isArray(value)) return data({ results: value.map((item) => toData(item).data) })
  if (isObject(value)) return data(value)
  throw new AppError('invalid_field', [`${pyRepr(value)} cannot become Data. Give text, an object, a list or a table.`])
}

/** A table of any value: one row per item of a list; a Data that only holds a list of objects gives those. */
export function toDataFrame(value: unknown): DataFrame {
  if (isDataFrame(value)) return value
  if (Array.isArray(value)) return dataFrame(value.map(rowOf))
  if (isData(value)) {
    const [only, ...others] = Object.values(value.data)
    if (others.length === 0 && Array.isArray(only) && only.length > 0 && only.every(isRow)) {
      return dataFrame(only.map(rowOf))
    }
  }
  return dataFrame([rowOf(value)])
}

const isRow = (value: unknown): boolean => isObject(value)
const rowOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isMessage(value) ? messageFields(value) : toData(value).data

/** One Data per element: rows of a table, items of a list, else the value alone. Nothing gives none. */
export function toDataList(value: unknown): readonly Data[] {
  if (value === undefined || value === null) return []
  if (isDataFrame(value)) return value.rows.map((row) => data(row, { text_key: value.text_key }))
  return Array.isArray(value) ? value.flatMap(toDataList) : [toData(value)]
}

/** A prompt variable as text: a Message or Data gives its text, a list the Python literal of its items' texts. */
export function promptText(value: unknown): string {
  if (isDataFrame(value)) return markdownTable(value)
  return pyStr(promptValue(value))
}

function promptValue(value: unknown): unknown {
  if (isMessage(value)) return value.text
  if (isData(value)) return textOfData(value)
  return Array.isArray(value) ? value.map(promptValue) : value
}

/** The fields of a message as a row of a table shows them; the time is `YYYY-MM-DD HH:MM:SS UTC`. */
export function messageFields(said: Omit<Message, 'kind' | 'extra' | 'prompt'>): Readonly<Record<string, unknown>> {
  return {
    timestamp: `${new Date(said.timestamp).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    sender: said.sender,
    sender_name: said.sender_name,
    session_id: said.session_id,
    context_id: said.context_id,
    text: said.text,
    files: said.files,
    error: said.error,
    edit: said.edit,
    properties: said.properties,
    category: said.category,
    content_blocks: said.content_blocks,
    id: said.id,
    flow_id: said.flow_id,
  }
}

/** What a model is told a tool gave: a text as it is, a table as a list of rows, everything else as JSON. */
export function toolResultText(value: unknown): string {
  if (typeof value === 'string') return value
  if (isMessage(value)) return value.text
  return value === undefined || value === null ? '' : spacedJson(plain(value))
}

/** A value as plain JSON: records inside it become objects and lists. */
function plain(value: unknown): unknown {
  if (isMessage(value)) return value.text
  if (isData(value)) return plain(value.data)
  if (isDataFrame(value)) return value.rows.map(plain)
  if (Array.isArray(value)) return value.map(plain)
  if (isObject(value) && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]))
  }
  return value
}
