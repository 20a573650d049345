import { componentText } from '../../i18n/component-text.ts'
/** What a column of a table field holds. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'date' | 'json' | 'options'

export interface TableColumn {
  readonly name: string
  readonly label: string
  readonly info: string | undefined
  readonly kind: ColumnKind
  readonly isWhole: boolean
  readonly options: readonly string[]
  readonly initial: unknown
  readonly isReadOnly: boolean
}

export type TableRow = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is TableRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const KINDS: Readonly<Record<string, ColumnKind>> = {
  int: 'number',
  integer: 'number',
  float: 'number',
  number: 'number',
  bool: 'boolean',
  boolean: 'boolean',
  date: 'date',
  dict: 'json',
  json: 'json',
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' && value ? value : otherwise)

/** The columns a field's `table_schema` names, hidden ones left out; without one, those its rows have. */
export function columnsOf(schema: unknown, rows: readonly TableRow[]): readonly TableColumn[] {
  const listed: unknown = isRecord(schema) && Array.isArray(schema.columns) ? schema.columns : schema
  const columns = Array.isArray(listed) ? listed.filter(isRecord).filter(({ hidden }) => hidden !== true) : []
  if (columns.length === 0) {
    const names = new Set(rows.flatMap((row) => Object.keys(row)))
    return [...names].map((name) => column({ name }))
  }
  return columns.map(column)
}

function column(spec: TableRow): TableColumn {
  const name = textOr(spec.name, '')
  const options = Array.isArray(spec.options) ? spec.options.map(String) : []
  return {
    name,
    label: componentText(textOr(spec.display_name, name)),
    info: componentText(textOr(spec.description, '')) || undefined,
    kind: options.length > 0 ? 'options' : (KINDS[textOr(spec.type, 'str')] ?? 'text'),
    isWhole: spec.type === 'int' || spec.type === 'integer',
    options,
    initial: spec.default,
    isReadOnly: spec.disable_edit === true,
  }
}

export const tableRowsOf = (value: unknown): readonly TableRow[] =>
  Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : []

const EMPTY: Readonly<Record<ColumnKind, unknown>> = {
  text: '',
  number: '',
  boolean: false,
  date: '',
  json: {},
  options: '',
}

/** A row with what each column begins with. */
export const newRow = (columns: readonly TableColumn[]): TableRow =>
  Object.fromEntries(columns.map(({ name, kind, initial }) => [name, initial ?? EMPTY[kind]]))

/** A cell as text, the way it is shown and exported. */
export const cellText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value)

/** The value a text stands for in a column; undefined when it stands for none. */
export function parseCell(text: string, { kind, isWhole, options }: TableColumn): unknown {
  switch (kind) {
    case 'number': {
      if (text.trim() === '') return ''
      const value = Number(text.trim().replace(',', '.'))
      return Number.isFinite(value) && (!isWhole || Number.isInteger(value)) ? value : undefined
    }
    case 'boolean':
      return /^(true|1|yes)$/i.test(text.trim()) ? true : /^(false|0|no|)$/i.test(text.trim()) ? false : undefined
    case 'json':
      try {
        return text.trim() === '' ? {} : JSON.parse(text)
      } catch {
        return undefined
      }
    case 'options':
      return text === '' || options.includes(text) ? text : undefined
    case 'text':
    case 'date':
      return text
    default:
      return kind satisfies never
  }
}
