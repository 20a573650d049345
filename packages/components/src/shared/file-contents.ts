import { createHash } from 'node:crypto'
import { isObject } from '@runnel/protocol/json'
import {
  type DataFrame,
  dataFrame,
  isData,
  isDataFrame,
  isMessage,
  type RunContext,
  textOfData,
  toText,
} from '@runnel/sdk'
import { parseCsv, withTypes } from './csv.ts'
import { extensionOf } from './stored-document.ts'

/** What is in files, by the paths they were given under. */
export interface FileContents {
  readonly texts: ReadonlyMap<string, string>
  readonly tables: ReadonlyMap<string, DataFrame>
}

/** The files in values that say where they came from; the others are left out. */
export async function fileContentsIn(values: readonly unknown[]): Promise<FileContents> {
  return withTables(
    new Map(
      values
        .flat()
        .flatMap(textsIn)
        .filter(([path, text]) => path !== '' && text !== ''),
    ),
  )
}

function textsIn(value: unknown): readonly (readonly [path: string, text: string])[] {
  if (isMessage(value)) {
    const { file_path, filename } = value.extra
    return [[toText(file_path ?? filename ?? value.files[0] ?? ''), value.text]]
  }
  if (isData(value)) return [[toText(value.data.file_path ?? ''), textOfData(value)]]
  if (!isDataFrame(value)) return []
  return value.rows.map(({ file_path, text }) => [toText(file_path ?? ''), toText(text ?? '')] as const)
}

async function withTables(texts: ReadonlyMap<string, string>): Promise<FileContents> {
  const tables = new Map<string, DataFrame>()
  for (const [path, text] of texts) {
    const table = await tableIn(text, extensionOf(path))
    if (table) tables.set(path, table)
  }
  return { texts, tables }
}

async function tableIn(text: string, kind: string): Promise<DataFrame | undefined> {
  if (kind === 'csv') return dataFrame(withTypes(await parseCsv(text)))
  if (kind === 'tsv') return dataFrame(withTypes(await parseCsv(text, '\t')))
  if (kind !== 'json') return undefined
  const parsed = jsonIn(text)
  if (Array.isArray(parsed) && parsed.every(isObject)) return dataFrame(parsed)
  return isObject(parsed) ? ofColumns(parsed) : undefined
}

/** `{ name: [...], age: [...] }` as rows; undefined for any other object. */
function ofColumns(columns: Readonly<Record<string, unknown>>): DataFrame | undefined {
  const names = Object.keys(columns)
  const lists = Object.values(columns).filter((list) => Array.isArray(list))
  if (names.length === 0 || lists.length < names.length) return undefined
  const length = Math.max(...lists.map((list) => list.length))
  return dataFrame(
    Array.from({ length }, (_, row) => Object.fromEntries(names.map((name, at) => [name, lists[at]?.[row] ?? null]))),
  )
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // A text that is no JSON is no table; it is found as a text.
  }
}

/** The files with those kept under a name before, which now has both. What was kept stays as it was. */
export async function keepFileContents(
  name: string,
  { texts }: FileContents,
  { files }: Pick<RunContext, 'files'>,
): Promise<FileContents> {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 12)
  const all = new Map(texts)
  await files.save(`file-contents-${hash}.json`, (existing) => {
    const kept: unknown = existing ? jsonIn(new TextDecoder().decode(existing)) : undefined
    for (const [path, text] of Object.entries(isObject(kept) ? kept : {})) all.set(path, toText(text))
    return new TextEncoder().encode(JSON.stringify(Object.fromEntries(all)))
  })
  return withTables(all)
}
