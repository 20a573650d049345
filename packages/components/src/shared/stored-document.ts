import { AppError, messageOf } from '@runnel/protocol/errors'
import type { StoredFile } from '@runnel/sdk'
import { checkZipped } from './archive.ts'
import { parseCsv, type Row, withTypes, writeCsv } from './csv.ts'
import { readWorkbook } from './spreadsheet.ts'
import { decodeText } from './text-encoding.ts'

/** Names of text files by their ending; documents are read by format, images are handed on. */
const TEXTS =
  'txt md mdx csv tsv json jsonl yaml yml xml html htm py sh sql js mjs cjs jsx ts tsx css toml ini cfg log rst tex adoc asciidoc asc xhtml vtt srt'
const DOCUMENTS = 'pdf docx xlsx xlsm'
const IMAGES = 'png jpg jpeg gif bmp webp tiff'

export type DocumentKind = 'text' | 'document' | 'image' | 'other'

const kinds: ReadonlyMap<string, DocumentKind> = new Map([
  ...TEXTS.split(' ').map((name) => [name, 'text'] as const),
  ...DOCUMENTS.split(' ').map((name) => [name, 'document'] as const),
  ...IMAGES.split(' ').map((name) => [name, 'image'] as const),
])

/** The ending of a file's name, in lower case, without the dot. */
export const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

export const kindOf = (name: string): DocumentKind => kinds.get(extensionOf(name)) ?? 'other'

/** Whether the file is a table: its rows can be read. */
export const isTableName = (name: string): boolean => ['csv', 'tsv', 'xlsx', 'xlsm'].includes(extensionOf(name))

/** So large may a document be whose format is taken apart, in bytes. */
const DOCUMENT_BYTES = 64 * 1024 * 1024

/**
 * The text of a file: pages of a PDF and paragraphs of a Word document between blank lines, a workbook as CSV, JSON
 * without white space, any other text as it is. An image has none.
 * @throws AppError `invalid_field` when it cannot be read.
 */
export async function textOfDocument(file: StoredFile, encoding = ''): Promise<string> {
  const extension = extensionOf(file.name)
  switch (extension) {
    case 'pdf':
      return pdfText(checked(file))
    case 'docx':
      return wordText(checked(file))
    case 'xlsx':
    case 'xlsm': {
      const rows = await readWorkbook(checked(file).bytes)
      return writeCsv(Object.keys(rows[0] ?? {}), rows)
    }
    case 'json':
      return compactJson(decodeText(file.bytes, encoding), file.name)
    default:
      return kindOf(file.name) === 'image' ? '' : decodeText(file.bytes, encoding)
  }
}

/** The rows of a CSV file or a workbook. */
export async function rowsOfTable(file: StoredFile, encoding = ''): Promise<readonly Row[]> {
  const extension = extensionOf(file.name)
  if (extension === 'xlsx' || extension === 'xlsm') return readWorkbook(checked(file).bytes)
  return withTypes(await parseCsv(decodeText(file.bytes, encoding), extension === 'tsv' ? '\t' : ','))
}

function checked(file: StoredFile): StoredFile {
  if (file.bytes.length > DOCUMENT_BYTES) {
    throw new AppError('invalid_field', [`${file.name} is larger than 64 MB. Split it into smaller files.`])
  }
  // The readers would unpack whatever is in there.
  if (extensionOf(file.name) !== 'pdf') checkZipped(file.name, file.bytes)
  return file
}

async function pdfText({ bytes, name }: StoredFile): Promise<string> {
  const { extractText, getDocumentProxy } = await import('unpdf')
  try {
    // The reader takes the bytes over, so it is given its own.
    const document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
    try {
      const { text } = await extractText(document, { mergePages: false })
      return text.join('\n\n')
    } finally {
      await document.cleanup()
    }
  } catch (cause) {
    throw unreadable(name, cause)
  }
}

async function wordText({ bytes, name }: StoredFile): Promise<string> {
  const { extractRawText } = await import('mammoth')
  try {
    const { value } = await extractRawText({ buffer: Buffer.from(bytes) })
    return value.trimEnd()
  } catch (cause) {
    throw unreadable(name, cause)
  }
}

function compactJson(text: string, name: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_, value) => (typeof value === 'string' ? value.normalize('NFKD') : value))
  } catch (cause) {
    throw unreadable(name, cause)
  }
}

const unreadable = (name: string, cause: unknown) =>
  new AppError('invalid_field', [`${name} cannot be read: ${messageOf(cause)}`], { cause })
