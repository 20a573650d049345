import type { ModelContent, RunContext, StoredFile } from '@runnel/sdk'
import { kindOf, textOfDocument } from './stored-document.ts'
import { decodeText } from './text-encoding.ts'

/** Media types of text that are not `text/…`. */
const TEXT_TYPES =
  /^(text\/|application\/(json|xml|yaml|x-yaml|toml|javascript|typescript|sql|x-sh|x-ndjson)$|.*\+(json|xml)$)/

/** Names of program texts that are no documents to search or split, yet can be asked about. */
const CODE_NAMES = /\.(java|c|h|cc|cpp|hpp|cs|go|rs|rb|php|swift|kt|lua|r|vue|ps1)$/i

/**
 * Stored files as parts of a user's turn: images as they are, the text of documents and of text files under their name.
 * Others are left out and logged. @throws AppError `invalid_field` for a document that cannot be read.
 */
export async function contentOfFiles(
  paths: readonly string[],
  { files, log }: Pick<RunContext, 'files' | 'log'>,
): Promise<readonly ModelContent[]> {
  const parts: ModelContent[] = []
  for (const path of paths) {
    const file = await files.read(path)
    const { name, mediaType, bytes } = file
    if (mediaType.startsWith('image/')) {
      parts.push({ type: 'image', data: Buffer.from(bytes).toString('base64'), mediaType })
      continue
    }
    const text = await textOf(file)
    if (text !== undefined) parts.push({ type: 'text', text: textPart(name, text) })
    else log('Files', `${name} (${mediaType}) is neither an image nor text and was not sent to the model.`)
  }
  return parts
}

async function textOf(file: StoredFile): Promise<string | undefined> {
  const kind = kindOf(file.name)
  if (kind === 'document') return textOfDocument(file)
  const isText = kind === 'text' || CODE_NAMES.test(file.name) || TEXT_TYPES.test(file.mediaType)
  return isText ? decodeText(file.bytes) : undefined
}

/** A scan has pages and no text: a model that is not told answers as if it had been given nothing. */
const textPart = (name: string, text: string): string =>
  text.trim() === '' ? `File '${name}' holds no text that could be read.` : `File '${name}' contents:\n${text}`
