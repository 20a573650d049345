import { AppError } from '@runnel/protocol/errors'
import { dataFrame, defineComponent, field, type RunArguments } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { loadFiles } from '../shared/loaded-file.ts'
import { rowsAsData } from '../shared/older-search.ts'
import { extensionOf } from '../shared/stored-document.ts'

const TYPES = 'csv json pdf txt md mdx yaml yml xml html htm docx py sh sql js ts tsx'.split(' ')

const inputs = {
  path: field.text({
    label: 'Path',
    info: 'A point for your own files, the id of a flow for those uploaded to it.',
    default: '.',
    tool: true,
  }),
  types: field.multiselect({
    label: 'File Types',
    info: 'The kinds of files to read; all that can be read unless given.',
    options: TYPES,
  }),
  depth: field.int({ label: 'Depth', info: 'Kept for flows that have it: folders hold no folders.', default: 0 }),
  max_concurrency: field.int({ label: 'Max Concurrency', default: 2, advanced: true }),
  load_hidden: field.bool({
    label: 'Load Hidden',
    info: 'Read files whose names begin with a point.',
    advanced: true,
  }),
  recursive: field.bool({ label: 'Recursive', advanced: true }),
  silent_errors: field.bool({ label: 'Silent Errors', info: 'Leave out files that cannot be read.', advanced: true }),
  use_multithreading: field.bool({ label: 'Use Multithreading', advanced: true }),
} as const
type Args = RunArguments<typeof inputs>

export const directory = defineComponent({
  type: 'Directory',
  aliases: ['DirectoryComponent'],
  displayName: 'Directory',
  description: 'Reads all files of a folder: yours, or those of one of your flows.',
  icon: 'folder',
  category: 'files_and_knowledge',
  legacy: true,
  replacement: ['files_and_knowledge.File'],
  documentation: 'https://docs.langflow.org/directory',
  inputs,
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'Loaded Files',
      method: 'as_dataframe',
      run: async (args) => dataFrame(await files(args), { columns: ['file_path', 'text'] }),
    },
    data: rowsAsData('load_directory', files),
  },
})

function files(args: Args) {
  return oncePerBuild(args.context, 'files', () => filesOf(args))
}

async function filesOf({ inputs, context }: Args) {
  const unknown = inputs.types.filter((type) => !TYPES.includes(type))
  if (unknown.length > 0) {
    const list = (names: readonly string[]) => `[${names.map((name) => `'${name}'`).join(', ')}]`
    throw new AppError('invalid_field', [
      `Invalid file types specified: ${list(unknown)}. Valid types are: ${list(TYPES)}`,
    ])
  }
  const types = inputs.types.length > 0 ? inputs.types : TYPES
  const folder = inputs.path.trim().replace(/\/$/, '')
  const entries = await context.files.list(folder === '' || folder === '.' ? undefined : folder)
  const wanted = entries.filter(
    ({ name }) => types.includes(extensionOf(name)) && (inputs.load_hidden || !name.startsWith('.')),
  )
  const options = { silent: inputs.silent_errors, ignoreUnsupported: true }
  const loaded = await loadFiles(
    wanted.map(({ path }) => path),
    options,
    context,
  )
  return loaded.map(({ path, text }) => ({ file_path: path, text }))
}
