import type { FlowDocument } from '../../editor/model/flow-document.ts'
import { type FormInput, formInputs, withValues } from '../form/form-inputs.ts'
import {
  askedFields,
  type SessionValue,
  type SettableField,
  withSessionValues,
} from '../session-values/session-values.ts'
import type { InputTable } from './input-table.ts'

/** Something of a flow that a column can fill. */
export interface BatchInput {
  readonly key: string
  readonly label: string
}

/** The column each input is read from, by the key of the input; one without keeps the value of the flow. */
export type Mapping = Readonly<Record<string, string>>

/** What a flow takes: what a form asks for, and the chat's text. Files are not read from cells. */
export function batchInputs(document: FlowDocument): readonly BatchInput[] {
  return [
    ...formInputs(document).map(({ key, label }) => ({ key, label })),
    ...cellFields(document).map(({ key, component, label }) => ({ key, label: `${component} · ${label}` })),
  ]
}

const cellFields = (document: FlowDocument): readonly SettableField[] =>
  askedFields(document).filter(({ kind }) => kind !== 'file')

/** A column for each input whose name says so; the only input takes the first column. */
export function guessMapping(inputs: readonly BatchInput[], { columns }: InputTable): Mapping {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[\s_-]+/g, '')
  const named = inputs.flatMap(({ key, label }) => {
    const names = [label, label.split(' · ').at(-1) ?? '', key.split(' ').at(-1) ?? ''].map(plain)
    const column = columns.find((one) => names.includes(plain(one)))
    return column === undefined ? [] : [[key, column] as const]
  })
  const [only, ...others] = inputs
  if (named.length === 0 && only && others.length === 0 && columns[0] !== undefined) return { [only.key]: columns[0] }
  return Object.fromEntries(named)
}

/** The flow with the cells of a row in it; the open flow stays as it is. @throws SyntaxError for a cell that is no JSON */
export function rowDocument(
  document: FlowDocument,
  mapping: Mapping,
  row: Readonly<Record<string, string>>,
): FlowDocument {
  const cell = (key: string): string | undefined => {
    const column = mapping[key]
    return column === undefined ? undefined : (row[column] ?? '')
  }
  const inputs: readonly FormInput[] = formInputs(document)
  const values = Object.fromEntries(
    inputs.flatMap(({ key }) => {
      const text = cell(key)
      return text === undefined ? [] : [[key, text]]
    }),
  )
  const changes = cellFields(document).flatMap((field): readonly SessionValue[] => {
    const text = cell(field.key)
    if (text === undefined) return []
    return [{ nodeId: field.nodeId, field: field.name, change: { value: cellValue(field, text), load_from_db: false } }]
  })
  return withSessionValues(withValues(document, inputs, values), changes)
}

function cellValue({ kind }: SettableField, text: string): unknown {
  if (kind === 'number' || kind === 'slider') return text.trim() === '' ? '' : Number(text)
  if (kind === 'boolean') return /^(true|yes|1|是)$/i.test(text.trim())
  if (kind === 'list' || kind === 'multiselect') return text.split(',').map((one) => one.trim())
  return text
}
