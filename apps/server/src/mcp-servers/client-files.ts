import { mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { type McpClient, mcpClientNames } from '@runnel/protocol/mcp-clients'
import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser'

/** The machine whose programs are meant: the one the server runs on. */
export interface Desk {
  /** The home of whoever runs the server. */
  readonly home: string
  readonly platform: NodeJS.Platform
}

const FORMAT = { formattingOptions: { insertSpaces: true, tabSize: 2 } }

/** Where programs keep their settings: the file, and the folder that is there once the program is. */
function placeOf(client: McpClient, { home, platform }: Desk): { readonly folder: string; readonly file: string } {
  const settings =
    platform === 'darwin'
      ? join(home, 'Library', 'Application Support')
      : platform === 'win32'
        ? join(home, 'AppData', 'Roaming')
        : join(home, '.config')
  switch (client) {
    case 'cursor':
      return { folder: join(home, '.cursor'), file: 'mcp.json' }
    case 'windsurf':
      return { folder: join(home, '.codeium', 'windsurf'), file: 'mcp_config.json' }
    case 'claude':
      return { folder: join(settings, 'Claude'), file: 'claude_desktop_config.json' }
    case 'vscode':
      return { folder: join(settings, 'Code', 'User'), file: 'mcp.json' }
    case 'zed':
      return {
        folder: join(platform === 'win32' ? settings : join(home, '.config'), platform === 'win32' ? 'Zed' : 'zed'),
        file: 'settings.json',
      }
    default:
      return client satisfies never
  }
}

/** Reads and writes the settings of MCP clients, which people write too: all else in them stays as it is. */
export function createClientFiles(desk: Desk) {
  const fileOf = (client: McpClient): string => {
    const { folder, file } = placeOf(client, desk)
    return join(folder, file)
  }

  async function textOf(client: McpClient): Promise<string> {
    try {
      return (await readFile(fileOf(client), 'utf8')).replace(/^\uFEFF/, '')
    } catch (error) {
      if (isMissing(error)) return ''
      throw error
    }
  }

  /** @throws AppError `mcp_client_unreadable` */
  function parsed(client: McpClient, text: string): Readonly<Record<string, unknown>> {
    const errors: ParseError[] = []
    const settings: unknown = text.trim() === '' ? {} : parse(text, errors, { allowTrailingComma: true })
    if (errors.length > 0 || !isObject(settings)) {
      throw new AppError('mcp_client_unreadable', [mcpClientNames[client], fileOf(client)])
    }
    return settings
  }

  const entriesOf = (settings: Readonly<Record<string, unknown>>, group: string) => {
    const entries = settings[group]
    return isObject(entries) ? Object.entries(entries) : []
  }

  return {
    async isPresent(client: McpClient): Promise<boolean> {
      const found = await stat(placeOf(client, desk).folder).catch(() => undefined)
      return found?.isDirectory() ?? false
    },

    /** The names of the servers in a group whose entry speaks of `address`. */
    async namesOf(client: McpClient, group: string, address: string): Promise<readonly string[]> {
      const entries = entriesOf(parsed(client, await textOf(client)), group)
      return entries.filter(([, entry]) => JSON.stringify(entry).includes(address)).map(([name]) => name)
    },

    /** Puts a server into a group in the place of others. @throws AppError `mcp_client_unreadable` */
    async put(
      client: McpClient,
      { group, name, entry, replaces }: { group: string; name: string; entry: object; replaces: readonly string[] },
    ): Promise<void> {
      let text = await textOf(client)
      parsed(client, text)
      if (text.trim() === '') text = '{}\n'
      for (const gone of replaces) text = applyEdits(text, modify(text, [group, gone], undefined, FORMAT))
      text = applyEdits(text, modify(text, [group, name], entry, FORMAT))
      await replaceFile(fileOf(client), text)
    },
  }
}
export type ClientFiles = ReturnType<typeof createClientFiles>

/** All or nothing, through links, with the mode the file had. A new one is its owner's alone: it holds a key. */
async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const target = await realpath(path).catch(() => path)
  const mode = (await stat(target).catch(() => undefined))?.mode ?? 0o600
  const draft = `${target}.${process.pid}.tmp`
  await writeFile(draft, text, { mode })
  await rename(draft, target)
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'
