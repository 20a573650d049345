import { AppError } from '@runnel/protocol/errors'
import { field, type RunContext } from '@runnel/sdk'
import { extensionOf } from './stored-document.ts'
import { decodeText } from './text-encoding.ts'

/** The three ways to give a file of one format: chosen, by its path, or as text. */
export const sourceFields = <const Format extends 'CSV' | 'JSON'>(format: Format) => ({
  file: field.files({
    label: `${format} File`,
    info: `A ${format} file.`,
    fileTypes: [format.toLowerCase()],
    extra: { list: false },
  }),
  path: field.text({ label: `${format} File Path`, info: `The path of a stored ${format} file.` }),
  text: field.multiline({ label: `${format} String`, info: `The ${format} itself.` }),
})

export interface Sources {
  readonly file: readonly string[]
  readonly path: string
  readonly text: string
}

/** The text of the one source that is given. @throws AppError `invalid_field` unless it is exactly one. */
export async function textOfSource(
  format: 'CSV' | 'JSON',
  { file, path, text }: Sources,
  { files }: Pick<RunContext, 'files'>,
): Promise<string> {
  const paths = [...file.slice(0, 1), ...(path.trim() === '' ? [] : [path.trim()])]
  if (paths.length + (text === '' ? 0 : 1) !== 1) {
    throw new AppError('invalid_field', [
      `Please provide exactly one of: ${format} file, file path, or ${format} string.`,
    ])
  }
  const [stored] = paths
  if (stored === undefined) return text
  const { name, bytes } = await files.read(stored)
  if (extensionOf(name) !== format.toLowerCase()) {
    throw new AppError('invalid_field', [`The provided file must be a ${format} file.`])
  }
  return decodeText(bytes)
}
