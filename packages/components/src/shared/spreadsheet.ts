import { AppError, messageOf } from '@runnel/protocol/errors'
import { type Row, uniqueNames } from './csv.ts'
import { zipOf } from './zip-writer.ts'

/** The rows of the first sheet of an Excel workbook; its first row names the columns. */
export async function readWorkbook(bytes: Uint8Array): Promise<readonly Row[]> {
  const { readSheet } = await import('read-excel-file/node')
  try {
    const [header = [], ...rows] = await readSheet(Buffer.from(bytes))
    const columns = uniqueNames(header.map((cell) => (cell === null ? '' : String(cell))))
    return rows.map((cells) => Object.fromEntries(columns.map((name, index) => [name, plainCell(cells[index])])))
  } catch (cause) {
    throw new AppError('invalid_field', [`The workbook cannot be read: ${messageOf(cause)}`], { cause })
  }
}

const plainCell = (cell: unknown): unknown => {
  if (cell instanceof Date) return cell.toISOString().replace(/T00:00:00\.000Z$/, '')
  return typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean' ? cell : null
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const SHEETS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** An Excel workbook of one sheet: numbers and truth values as such, everything else as text. */
export function writeWorkbook(columns: readonly string[], rows: readonly Row[], text: (value: unknown) => string) {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name]))]
  const sheet = lines
    .map((cells, line) => {
      const written = cells.map((value, column) => cellOf(`${columnName(column)}${line + 1}`, value, text))
      return `<row r="${line + 1}">${written.join('')}</row>`
    })
    .join('')
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
  return zipOf([
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${SHEETS}" xmlns:r="${RELATIONS}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ],
    ['xl/worksheets/sheet1.xml', `${XML}<worksheet xmlns="${SHEETS}"><sheetData>${sheet}</sheetData></worksheet>`],
  ])
}

/** `A` to `Z`, then `AA`. */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last
}

function cellOf(place: string, value: unknown, text: (value: unknown) => string): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'number' && Number.isFinite(value)) return `<c r="${place}"><v>${value}</v></c>`
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(text(value))}</t></is></c>`
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
// Characters XML cannot hold are left out.
const escaped = (text: string): string =>
  text.toWellFormed().replace(/[&<>]|[^\P{Cc}\t\n\r]/gu, (character) => ENTITIES[character] ?? '')
