import { AppError } from '@runnel/protocol/errors'
import { field, isData, isMessage } from '@runnel/sdk'

/** Where files are, said by another node. */
export const serverPathField = field.handle({
  label: 'Server File Path',
  info: 'JSON with a `file_path`, or a Message with the path of a stored file. Read instead of the chosen files.',
  accepts: ['Data', 'JSON', 'Message'],
  list: true,
  advanced: true,
})

/** The fields of components that read files. */
export const fileReadingFields = {
  separator: field.string({ label: 'Separator', info: 'Stands between files.', default: '\n\n', advanced: true }),
  silent_errors: field.bool({ label: 'Silent Errors', info: 'Leave out files that cannot be read.', advanced: true }),
  delete_server_file_after_processing: field.bool({
    label: 'Delete Server File After Processing',
    info: 'Kept for flows that have it: stored files stay.',
    default: true,
    advanced: true,
  }),
  ignore_unsupported_extensions: field.bool({
    label: 'Ignore Unsupported Extensions',
    info: 'Leave out files of kinds that cannot be read.',
    default: true,
    advanced: true,
  }),
  ignore_unspecified_files: field.bool({
    label: 'Ignore Unspecified Files',
    info: 'Leave out JSON without a `file_path`.',
    advanced: true,
  }),
}

export interface GivenPaths {
  /** The files that were chosen. */
  readonly path: readonly string[]
  readonly file_path: unknown
  /** One path, typed by a user or an agent. */
  readonly file_path_str?: string
  readonly ignore_unspecified_files: boolean
}

/**
 * The paths a node means: what an edge brings stands above the chosen files.
 * @throws AppError `invalid_field` for Data without a path
 */
export function pathsIn({
  path,
  file_path,
  file_path_str = '',
  ignore_unspecified_files,
}: GivenPaths): readonly string[] {
  const given = [file_path].flat()
  const brought = given.flatMap((value): readonly string[] => {
    if (isMessage(value)) return value.text.trim() === '' ? value.files : [value.text.trim()]
    if (isData(value) && typeof value.data.file_path === 'string') return [value.data.file_path]
    if (typeof value === 'string') return value === '' ? [] : [value]
    if (isData(value) && !ignore_unspecified_files) {
      throw new AppError('invalid_field', ["Data object missing 'file_path' property."])
    }
    return []
  })
  if (brought.length > 0) return [...new Set(brought)]
  return [...new Set(path.length > 0 || file_path_str === '' ? path : [file_path_str])]
}
