import { AppError } from '@runnel/protocol/errors'

/**
 * An address as people type it: without a scheme it is https.
 * @throws AppError `invalid_field` when it is none.
 */
export function webAddress(typed: string, problem = 'Invalid URL'): string {
  const trimmed = typed.trim()
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`
  const url = trimmed === '' || /\s/.test(trimmed) ? null : URL.parse(text)
  const isHost = url && (url.hostname === 'localhost' || url.hostname.startsWith('[') || url.hostname.includes('.'))
  if (!isHost) throw new AppError('invalid_field', [`${problem}: ${typed}`])
  return text
}

/** Rows `{key, value}` of a table, or an object, as headers; entries without a value are left out. */
export function headersOf(rows: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, string>> {
  const entries = rows.flatMap((row): (readonly [string, string])[] => {
    const pairs = Object.hasOwn(row, 'key') ? [[row.key, row.value] as const] : Object.entries(row)
    return pairs.flatMap(([name, value]) => {
      const isHeader = typeof name === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name.trim())
      if (!isHeader || value === null || value === undefined || value === '') return []
      return [[name.trim(), String(value).replace(/[\r\n\0]+/g, ' ')] as const]
    })
  })
  return Object.fromEntries(entries)
}
