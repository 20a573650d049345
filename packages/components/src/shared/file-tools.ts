import { messageOf } from '@runnel/protocol/errors'
import type { JsonObject } from '@runnel/protocol/json'
import type { FileEntry, FilesPort } from '@runnel/sdk'
import { matchingLines } from './python-regex.ts'

/** Files a set of tools may see. */
export interface FileRoom {
  readonly files: FilesPort
  /** The files of a flow, by its id; those of the user without. */
  readonly flowId?: string | undefined
}

/** What a tool answers; `error` when it could not. */
type Answer = Promise<JsonObject>

const MAX_BYTES = 10 * 1024 * 1024
const MAX_LINES = 2000
const MAX_MATCHES = { glob: 100, grep: 250 } as const
/** What keys and passwords are kept in. */
const SECRET = /(^|[/.])(env|ssh|git|netrc|npmrc|pgpass)$|^\.env|\.(pem|key|p12|pfx|keystore|jks)$|id_rsa|credentials/i

/** `files` of a room by the names shown for them. */
async function entries({ files, flowId }: FileRoom): Promise<readonly FileEntry[]> {
  const found = await files.list(flowId)
  return found.filter(({ name }) => !SECRET.test(name)).toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

async function textOf(room: FileRoom, path: string): Promise<string> {
  const entry = (await entries(room)).find(({ name }) => name === plainName(path))
  if (!entry) throw new Error('File not found')
  if (entry.size > MAX_BYTES) throw new Error('The file is larger than 10 MiB')
  const { bytes } = await room.files.read(entry.path)
  if (bytes.subarray(0, 8000).includes(0)) throw new Error('The file is binary')
  return new TextDecoder().decode(bytes)
}

/** A name within the room. @throws Error for one that leads elsewhere, or is that of a secret. */
function plainName(path: string): string {
  const name = path.trim().replace(/^(\.?\/)+/, '')
  if (name === '' || /[/\\\0]|^\.+$/.test(name))
    throw new Error('Only names of files here are paths; there are no folders')
  if (SECRET.test(name)) throw new Error('Files of this name are not opened')
  return name
}

const orError = async (path: string, work: () => Answer): Answer => {
  try {
    return await work()
  } catch (error) {
    return { error: messageOf(error), path }
  }
}

/** Lines with their numbers, from `offset`, 0 being the first. */
export const readFile = (room: FileRoom, path: string, offset: number, limit: number): Answer =>
  orError(path, async () => {
    const lines = (await textOf(room, path)).replace(/\n$/, '').split('\n')
    const from = Math.min(Math.max(0, offset), lines.length)
    const shown = lines.slice(from, from + Math.min(Math.max(1, limit), MAX_LINES))
    const content = shown.map((line, index) => `${String(from + index + 1).padStart(6)}→${line}`).join('\n')
    return { status: 'ok', path, content, total_lines: lines.length, start_line: from + 1, num_lines: shown.length }
  })

export const globSearch = (room: FileRoom, pattern: string): Answer =>
  orError(pattern, async () => {
    const found = named(
      pattern,
      (await entries(room)).map(({ name }) => name),
    )
    const matches = found.slice(0, MAX_MATCHES.glob)
    return { status: 'ok', pattern, matches, truncated: found.length > matches.length, truncated_branches: [] }
  })

export interface GrepOptions {
  readonly pattern: string
  readonly glob: string
  readonly caseInsensitive: boolean
  readonly outputMode: string
  readonly isRegex: boolean
}

export const grepSearch = (room: FileRoom, options: GrepOptions): Answer =>
  orError(options.pattern, async () => {
    const { pattern, glob, caseInsensitive, outputMode, isRegex } = options
    const source = isRegex ? pattern : pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    const wanted = `${caseInsensitive ? '(?i)' : ''}${source}`
    const files = (await entries(room)).filter(({ size }) => size <= MAX_BYTES)
    const lines: { path: string; line: number; text: string }[] = []
    for (const name of named(
      glob || '*',
      files.map((file) => file.name),
    )) {
      const text = await textOf(room, name).catch(() => '') // binaries hold no lines
      const all = text.split('\n').map((line) => line.slice(0, 1000))
      const isMatch = matchingLines(wanted, all)
      lines.push(...all.flatMap((line, at) => (isMatch[at] ? [{ path: name, line: at + 1, text: line }] : [])))
    }
    const byFile = Map.groupBy(lines, ({ path }) => path)
    const found =
      outputMode === 'content'
        ? lines
        : outputMode === 'count'
          ? Array.from(byFile, ([path, hits]) => ({ path, count: hits.length }))
          : [...byFile.keys()]
    const matches = found.slice(0, MAX_MATCHES.grep)
    return { status: 'ok', pattern, output_mode: outputMode, matches, truncated: found.length > matches.length }
  })

export const writeFile = ({ files }: FileRoom, path: string, content: string): Answer =>
  orError(path, async () => {
    const bytes = new TextEncoder().encode(content)
    if (bytes.length > MAX_BYTES) throw new Error('The file would be larger than 10 MiB')
    let status = 'created'
    await files.save(plainName(path), (existing) => {
      if (existing) status = 'updated'
      return bytes
    })
    return { status, path, bytes_written: bytes.length }
  })

export interface Edit {
  readonly path: string
  readonly oldString: string
  readonly newString: string
  readonly all: boolean
}

export const editFile = (room: FileRoom, { path, oldString, newString, all }: Edit): Answer =>
  orError(path, async () => {
    if (oldString === '') throw new Error('old_string is empty')
    await textOf(room, path) // there, and text
    let replacements = 0
    await room.files.save(plainName(path), (existing) => {
      const text = new TextDecoder().decode(existing)
      const parts = text.split(oldString)
      replacements = parts.length - 1
      if (replacements === 0) throw new Error('old_string was not found')
      if (replacements > 1 && !all) {
        throw new Error(`old_string was found ${replacements} times. Give more of its surroundings, or set replace_all`)
      }
      return new TextEncoder().encode(parts.join(newString))
    })
    return { status: 'ok', path, replacements, old_string: oldString, new_string: newString }
  })

/** The names a pattern means: `*` stands for any part, `?` for a character; there are no folders for `**` to cross. */
function named(pattern: string, names: readonly string[]): readonly string[] {
  const bare = pattern.trim().replace(/^(\.?\/)*(\*\*\/)*/, '')
  const source = bare
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')
  const isMeant = matchingLines(`^${source || '.*'}$`, names)
  return names.filter((_, at) => isMeant[at])
}
