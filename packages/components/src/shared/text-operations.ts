import { AppError } from '@runnel/protocol/errors'
import { type Data, type DataFrame, data, dataFrame } from '@runnel/sdk'
import { findAll, replaceMatches } from './python-regex.ts'

export interface TextSettings {
  readonly table_separator: string
  readonly has_header: boolean
  readonly count_words: boolean
  readonly count_characters: boolean
  readonly count_lines: boolean
  readonly case_type: string
  readonly search_pattern: string
  readonly replacement_text: string
  readonly use_regex: boolean
  readonly extract_pattern: string
  readonly max_matches: number
  readonly head_characters: number
  readonly tail_characters: number
  readonly strip_mode: string
  readonly strip_characters: string
  readonly text_input_2: string
  readonly remove_extra_spaces: boolean
  readonly remove_special_chars: boolean
  readonly remove_empty_lines: boolean
}

const operations: Readonly<Record<string, (text: string, settings: TextSettings) => string | Data | DataFrame>> = {
  'Word Count': (text, settings) => data(counts(text, settings)),
  'Case Conversion': (text, { case_type }) => cased(text, case_type),
  'Text Replace': (text, { search_pattern: wanted, replacement_text: replacement, use_regex }) => {
    if (wanted === '') return text
    if (!use_regex) return text.replaceAll(wanted, () => replacement)
    try {
      return replaceMatches(wanted, replacement, text)
    } catch (error) {
      if (error instanceof AppError) return text
      throw error
    }
  },
  'Text Extract': (text, { extract_pattern, max_matches }) => {
    if (extract_pattern === '') return ''
    return findAll(extract_pattern, text)
      .slice(0, max_matches > 0 ? max_matches : undefined)
      .map((match) => (typeof match === 'string' ? match : match.join(', ')))
      .join('\n')
  },
  'Text Head': (text, { head_characters }) => text.slice(0, characters(head_characters)),
  'Text Tail': (text, { tail_characters }) => (characters(tail_characters) === 0 ? '' : text.slice(-tail_characters)),
  'Text Strip': (text, { strip_mode, strip_characters }) => stripped(text, strip_mode, strip_characters),
  'Text Join': (text, { text_input_2 }) => [text, text_input_2].filter((part) => part !== '').join('\n'),
  'Text Clean': cleaned,
  'Text to DataFrame': tableIn,
}

/** What an operation makes of a text. @throws AppError `invalid_field` for an operation there is not. */
export function changeText(operation: string | undefined, text: string, settings: TextSettings) {
  if (operation === undefined) return text
  const change = Object.hasOwn(operations, operation) ? operations[operation] : undefined
  if (!change) throw new AppError('invalid_field', [`Unsupported operation: ${operation}`])
  return change(text, settings)
}

function counts(text: string, settings: TextSettings): Readonly<Record<string, number>> {
  const words = text.match(/\S+/g) ?? []
  const lines = text === '' ? [] : text.split('\n')
  return {
    ...(settings.count_words && {
      word_count: words.length,
      unique_words: new Set(words.map((word) => word.toLowerCase())).size,
    }),
    ...(settings.count_characters && {
      character_count: Array.from(text).length,
      character_count_no_spaces: Array.from(text.replaceAll(' ', '')).length,
    }),
    ...(settings.count_lines && {
      line_count: lines.length,
      non_empty_lines: lines.filter((line) => line.trim() !== '').length,
    }),
  }
}

function cased(text: string, to: string): string {
  switch (to) {
    case 'uppercase':
      return text.toUpperCase()
    case 'lowercase':
      return text.toLowerCase()
    case 'title':
      return text.toLowerCase().replace(/\p{L}+/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1))
    case 'capitalize':
      return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()
    case 'swapcase':
      return text.replace(/\p{L}/gu, (letter) => {
        const upper = letter.toUpperCase()
        return letter === upper ? letter.toLowerCase() : upper
      })
    default:
      return text
  }
}

function characters(count: number): number {
  if (count < 0) throw new AppError('invalid_field', ['The number of characters cannot be below 0.'])
  return count
}

function stripped(text: string, mode: string, unwanted: string): string {
  const isUnwanted = (character: string | undefined) =>
    character !== undefined && (unwanted === '' ? /\s/.test(character) : unwanted.includes(character))
  let [start, end] = [0, text.length]
  if (mode !== 'right') while (start < end && isUnwanted(text[start])) start++
  if (mode !== 'left') while (end > start && isUnwanted(text[end - 1])) end--
  return text.slice(start, end)
}

function cleaned(text: string, settings: TextSettings): string {
  let result = text
  if (settings.remove_extra_spaces) result = result.replace(/[^\S\n]+/g, ' ')
  if (settings.remove_special_chars) result = result.replace(/[^\p{L}\p{N}_\s.,!?;:'"-]/gu, '')
  if (settings.remove_empty_lines) {
    result = result
      .split('\n')
      .filter((line) => line.trim() !== '')
      .join('\n')
  }
  return result.trim()
}

/** Rows by line and cells by separator, such as a Markdown table; columns of nothing but numbers become numbers. */
function tableIn(text: string, { table_separator: separator, has_header }: TextSettings): DataFrame {
  const split = separator === '' ? '|' : separator
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[|\s:+-]+$/.test(line))
    .map((line) => cellsOf(line, split))
  const [first = [], ...others] = lines
  const names = has_header ? first : first.map((_, index) => `col_${index}`)
  const rows = has_header ? others : lines
  for (const cells of rows) {
    if (cells.length === names.length) continue
    throw new AppError('invalid_field', [
      `Header mismatch: ${names.length} column(s) in header vs ${cells.length} column(s) in data`,
    ])
  }
  const isNumeric = names.map((_, index) => rows.length > 0 && rows.every((cells) => isNumber(cells[index])))
  const read = (cell: string | undefined, index: number) => (isNumeric[index] ? Number(cell) : (cell ?? ''))
  return dataFrame(
    rows.map((cells) => Object.fromEntries(names.map((name, index) => [name, read(cells[index], index)]))),
    { columns: names },
  )
}

const isNumber = (cell: string | undefined): boolean => cell !== undefined && /^[+-]?\d+(\.\d+)?$/.test(cell)

function cellsOf(line: string, separator: string): readonly string[] {
  let inner = line
  if (inner.startsWith(separator)) inner = inner.slice(separator.length)
  if (inner.endsWith(separator)) inner = inner.slice(0, -separator.length)
  return inner.split(separator).map((cell) => cell.trim())
}
