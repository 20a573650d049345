import { csvField } from './csv-field.ts'

/** What a column is called, and what it holds of a row. */
export type CsvColumn<Row> = readonly [name: string, read: (row: Row) => unknown]

/** The first line of a CSV file. A spreadsheet knows by its first sign how the text is encoded. */
export const csvHead = (columns: readonly CsvColumn<never>[]): string =>
  `\uFEFF${columns.map(([name]) => csvField(name)).join(',')}\r\n`

/** A line for each row. */
export const csvLines = <Row>(columns: readonly CsvColumn<Row>[], rows: readonly Row[]): string =>
  rows.map((row) => `${columns.map(([, read]) => csvField(read(row))).join(',')}\r\n`).join('')
