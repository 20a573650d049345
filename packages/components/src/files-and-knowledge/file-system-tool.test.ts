import { AppError } from '@runnel/protocol/errors'
import { type Data, type FilesPort, isTool, type Tool } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { fileSystemTool } from './file-system-tool.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

/** Files of a user, and of one flow. */
function filesOf(given: Readonly<Record<string, string>>) {
  const held = new Map<string, Uint8Array>(Object.entries(given).map(([name, text]) => [name, bytesOf(text)]))
  const files: FilesPort = {
    read: async (path) => ({
      name: path,
      mediaType: '',
      bytes: held.get(path.replace(/^.*\//, '')) ?? new Uint8Array(),
    }),
    async list(folder) {
      if (folder !== undefined && folder !== 'flow-1') throw new AppError('bad_request', ['There is no such folder.'])
      return Array.from(held, ([name, bytes]) => ({ path: `${folder ?? 'user-1'}/${name}`, name, size: bytes.length }))
    },
    async save(name, content) {
      const bytes = await content(held.get(name))
      held.set(name, bytes)
      return { path: `user-1/${name}`, name, size: bytes.length }
    },
  }
  return { files, textOf: (name: string) => new TextDecoder().decode(held.get(name)) }
}

/** Calls a tool of the node and reads its answer. */
async function toolset(files: FilesPort, inputs: Readonly<Record<string, unknown>> = {}) {
  let given: readonly Tool[] = []
  const spied = {
    ...fileSystemTool,
    outputs: {
      tools: {
        type: 'Tool' as const,
        label: 'Tools',
        method: 'tools',
        run: async (args: Parameters<NonNullable<typeof fileSystemTool.tools>>[0]) => {
          const own = { ...args, context: { ...args.context, files } }
          given = ((await fileSystemTool.tools?.(own)) ?? []).filter(isTool)
        },
      },
    },
  }
  await runComponent(spied, inputs)
  const call = async (name: string, input: Readonly<Record<string, unknown>>) =>
    JSON.parse(String(await given.find((tool) => tool.name === name)?.call(input, new AbortController().signal)))
  return { names: given.map(({ name }) => name), call }
}

const notes = { 'a.md': 'one\ntwo\nThree\n', 'b.txt': 'two', 'x.bin': 'a\0b', '.env': 'KEY=1' }

test('reads lines with their numbers', async () => {
  const { call } = await toolset(filesOf(notes).files)
  expect(await call('read_file', { path: './a.md', offset: 1, limit: 1 })).toEqual({
    status: 'ok',
    path: './a.md',
    content: '     2→two',
    total_lines: 3,
    start_line: 2,
    num_lines: 1,
  })
})

test('finds files by name and by what they hold', async () => {
  const { call } = await toolset(filesOf(notes).files)
  expect(await call('glob_search', { pattern: '**/*.md' })).toMatchObject({ matches: ['a.md'], truncated: false })
  expect(await call('grep_search', { pattern: 'two' })).toMatchObject({ matches: ['a.md', 'b.txt'] })
  const lines = { pattern: 't.r', is_regex: true, case_insensitive: true, output_mode: 'content' }
  expect(await call('grep_search', lines)).toMatchObject({ matches: [{ path: 'a.md', line: 3, text: 'Three' }] })
  const counts = { pattern: 't', glob: '*.md', output_mode: 'count' }
  expect(await call('grep_search', counts)).toMatchObject({ matches: [{ path: 'a.md', count: 1 }] })
  expect(await call('grep_search', { pattern: '[', is_regex: true })).toHaveProperty('error')
})

test('gives up on patterns that would never end', async () => {
  const { call } = await toolset(filesOf({ [`${'a'.repeat(200)}.md`]: `${'a'.repeat(40)}!` }).files)
  const late = { error: expect.stringContaining('longer than a second') }
  expect(await call('grep_search', { pattern: '(a+)+$', is_regex: true })).toMatchObject(late)
  expect(await call('glob_search', { pattern: `${'*a'.repeat(20)}b` })).toMatchObject(late)
})

test('writes files and edits pieces of them that are found once', async () => {
  const { files, textOf } = filesOf(notes)
  const { call } = await toolset(files)
  expect(await call('write_file', { path: 'c.md', content: 'né' })).toEqual({
    status: 'created',
    path: 'c.md',
    bytes_written: 3,
  })
  expect(await call('write_file', { path: 'c.md', content: 'aXbX' })).toMatchObject({ status: 'updated' })
  const edit = { path: 'c.md', old_string: 'X', new_string: '-' }
  expect(await call('edit_file', edit)).toMatchObject({ error: expect.stringContaining('found 2 times') })
  expect(await call('edit_file', { ...edit, replace_all: true })).toMatchObject({ status: 'ok', replacements: 2 })
  expect(textOf('c.md')).toBe('a-b-')
  expect(await call('edit_file', edit)).toMatchObject({ error: 'old_string was not found' })
})

test.each([
  ['nowhere.md', 'File not found'],
  ['../a.md', 'there are no folders'],
  ['/etc/passwd', 'there are no folders'],
  ['.env', 'not opened'],
  ['server.pem', 'not opened'],
  ['x.bin', 'binary'],
  ['', 'there are no folders'],
])('%j is not read', async (path, why) => {
  const { call } = await toolset(filesOf(notes).files)
  expect(await call('read_file', { path })).toEqual({ error: expect.stringContaining(why), path })
})

test('nothing is written where that is switched off, nor among the files of a flow', async () => {
  const reading = ['read_file', 'glob_search', 'grep_search']
  expect((await toolset(filesOf(notes).files, { read_only: true })).names).toEqual(reading)
  expect((await toolset(filesOf(notes).files, { root_path: 'flow-1' })).names).toEqual(reading)
})

test('says what an agent is given, or why it is given nothing', async () => {
  const metadata = async (root_path: string) => {
    const { files } = filesOf(notes)
    const own = fileSystemTool.outputs.metadata
    const output = { type: 'Data', label: 'JSON', method: 'm' } as const
    const run = (args: Parameters<NonNullable<typeof own>['run']>[0]) =>
      own?.run({ ...args, context: { ...args.context, files } })
    const told = await runComponent({ ...fileSystemTool, outputs: { metadata: { ...output, run } } }, { root_path })
    return (told.metadata as Data).data
  }
  expect(await metadata('.')).toMatchObject({
    mode: 'isolated',
    tools_registered: { length: 5 },
    resolution_error: null,
  })
  expect(await metadata('elsewhere')).toMatchObject({
    mode: 'refused',
    tools_registered: [],
    resolution_error: 'There is no such folder.',
  })
})
