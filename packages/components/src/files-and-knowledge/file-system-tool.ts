import { messageOf } from '@runnel/protocol/errors'
import { data, defineComponent, field, type RunArguments, type Tool } from '@runnel/sdk'
import { editFile, type FileRoom, globSearch, grepSearch, readFile, writeFile } from '../shared/file-tools.ts'

const inputs = {
  root_path: field.string({
    label: 'Root Path',
    info: 'Empty means your files; the id of one of your flows means the files of that flow, to read.',
  }),
  read_only: field.bool({ label: 'Read Only', info: 'Offer no tools that write.', advanced: true }),
  tool_mode_trigger: field.string({ label: 'Tool Mode Trigger', info: 'Has no function.', show: false, tool: true }),
} as const
type Args = RunArguments<typeof inputs>

export const fileSystemTool = defineComponent({
  type: 'FileSystemTool',
  aliases: ['FileSystemToolComponent'],
  displayName: 'File System',
  description: 'Lets an agent find, read and write files among yours.',
  icon: 'FolderOpen',
  category: 'files_and_knowledge',
  inputs,
  outputs: {
    metadata: {
      type: 'Data',
      label: 'JSON',
      method: 'build_metadata',
      tool: false,
      run: async (args) => {
        const { root_path, read_only } = args.inputs
        const problem = await problemOf(args)
        return data({
          root_path,
          read_only,
          tools_registered: problem === null ? toolsOf(args).map(({ name }) => name) : [],
          auto_login: false,
          mode: problem === null ? 'isolated' : 'refused',
          effective_root: problem === null ? root_path.trim() || 'your files' : null,
          resolution_error: problem,
        })
      },
    },
  },
  tools: toolsOf,
})

/** A flow's files belong to the flow: they are uploaded to it, not written. */
const roomOf = ({ inputs, context }: Args): FileRoom => {
  const root = inputs.root_path.trim().replace(/^\.?\/?$/, '')
  return { files: context.files, ...(root !== '' && { flowId: root }) }
}

async function problemOf(args: Args): Promise<string | null> {
  const { files, flowId } = roomOf(args)
  try {
    await files.list(flowId)
    return null
  } catch (error) {
    args.context.signal.throwIfAborted()
    return messageOf(error)
  }
}

const text = (description: string) => ({ type: 'string', description })
const flag = (description: string) => ({ type: 'boolean', description, default: false })
const said = (value: unknown): string => (typeof value === 'string' ? value : '')
const number = (value: unknown, usual: number): number => (typeof value === 'number' ? Math.trunc(value) : usual)

function toolsOf(args: Args): readonly Tool[] {
  const room = roomOf(args)
  const reading = [
    tool('read_file', 'Reads lines of a text file, numbered.', {
      required: ['path'],
      properties: {
        path: text('The name of the file.'),
        offset: { type: 'integer', description: 'How many lines to skip.', default: 0 },
        limit: { type: 'integer', description: 'How many lines to read.', default: 2000 },
      },
      run: ({ path, offset, limit }) => readFile(room, said(path), number(offset, 0), number(limit, 2000)),
    }),
    tool('glob_search', 'Finds files by their names, *.md for example.', {
      required: ['pattern'],
      properties: { pattern: text('The names, with * and ?.'), path: text('Leave it out: there are no folders.') },
      run: ({ pattern }) => globSearch(room, said(pattern)),
    }),
    tool('grep_search', 'Finds lines in files.', {
      required: ['pattern'],
      properties: {
        pattern: text('What to look for.'),
        path: text('Leave it out: there are no folders.'),
        glob: text('Only in files of these names, *.md for example.'),
        case_insensitive: flag('Take capitals and small letters for the same.'),
        output_mode: { enum: ['files_with_matches', 'content', 'count'], default: 'files_with_matches' },
        is_regex: flag('The pattern is a regular expression.'),
      },
      run: ({ pattern, glob, case_insensitive, output_mode, is_regex }) =>
        grepSearch(room, {
          pattern: said(pattern),
          glob: said(glob),
          caseInsensitive: case_insensitive === true,
          outputMode: said(output_mode) || 'files_with_matches',
          isRegex: is_regex === true,
        }),
    }),
  ]
  if (args.inputs.read_only || room.flowId !== undefined) return reading
  return [
    ...reading,
    tool('write_file', 'Writes a text file, in place of one of the same name.', {
      required: ['path', 'content'],
      properties: { path: text('The name of the file.'), content: text('All it is to hold.') },
      run: ({ path, content }) => writeFile(room, said(path), said(content)),
    }),
    tool('edit_file', 'Replaces a piece of a text file.', {
      required: ['path', 'old_string', 'new_string'],
      properties: {
        path: text('The name of the file.'),
        old_string: text('The piece, as it is in the file.'),
        new_string: text('What takes its place.'),
        replace_all: flag('Replace it wherever it is.'),
      },
      run: ({ path, old_string, new_string, replace_all }) =>
        editFile(room, {
          path: said(path),
          oldString: said(old_string),
          newString: said(new_string),
          all: replace_all === true,
        }),
    }),
  ]
}

interface ToolSpec {
  readonly required: readonly string[]
  readonly properties: Readonly<Record<string, unknown>>
  readonly run: (input: Readonly<Record<string, unknown>>) => Promise<unknown>
}

const tool = (name: string, description: string, { required, properties, run }: ToolSpec): Tool => ({
  kind: 'tool',
  name,
  tags: [name],
  description,
  inputSchema: { type: 'object', properties, required },
  call: async (input) => JSON.stringify(await run(input)),
})
