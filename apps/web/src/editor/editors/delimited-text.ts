const MARK = '\uFEFF'

/**
 * The cells of a text of rows: as spreadsheets put them on the clipboard (tabs) or as a CSV file has them. Cells in
 * quotes may hold separators, line ends and doubled quotes.
 */
export function parseDelimited(text: string, separator: '\t' | ','): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const endRow = (): void => {
    rows.push([...row, cell])
    row = []
    cell = ''
  }
  for (let at = text.startsWith(MARK) ? MARK.length : 0; at < text.length; at++) {
    const character = text[at]
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') cell += text[at++]
      else isQuoted = false
    } else if (character === '"' && cell === '') isQuoted = true
    else if (character === separator) {
      row.push(cell)
      cell = ''
    } else if (character === '\n') endRow()
    else if (character !== '\r') cell += character
  }
  if (cell !== '' || row.length > 0) endRow()
  return rows
}

/** Rows as a CSV file; the first is the names of the columns. By its mark spreadsheets know that it is not in a local code. */
export const printCsv = (rows: readonly (readonly string[])[]): string =>
  `${MARK}${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
