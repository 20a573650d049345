import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
}

/** The compressed forms the build writes beside a file, best first. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

export interface WebFile {
  readonly content: Buffer
  readonly type: string
  readonly encoding: 'br' | 'gzip' | undefined
  /** Its name holds a hash of its content, so it never changes. */
  readonly isImmutable: boolean
}

export interface WebFiles {
  /** Whether the browser app has been built. */
  has(path: string): boolean
  /** A file by its path in the address, in the best form the client takes. Undefined when there is none. */
  read(path: string, acceptEncoding: string): Promise<WebFile | undefined>
  /** Hashes of the scripts that stand in a page, in the form its security policy names them. */
  scriptsOf(path: string): Promise<readonly string[]>
}

/** The built browser app. The folder is listed at the first request; each file is read once and kept: a few megabytes. */
export function createWebFiles(folder: string): WebFiles {
  let names: ReadonlySet<string> | undefined
  const contents = new Map<string, Promise<Buffer>>()
  const scripts = new Map<string, readonly string[]>()

  const listed = (): ReadonlySet<string> => (names ??= new Set(namesIn(folder)))

  function contentOf(name: string): Promise<Buffer> {
    const known = contents.get(name)
    if (known) return known
    const content = readFile(join(folder, name))
    contents.set(name, content)
    content.catch(() => contents.delete(name))
    return content
  }

  return {
    has: (path) => listed().has(path),
    async read(path, acceptEncoding) {
      if (!listed().has(path)) return undefined
      const accepted = new Set(acceptEncoding.split(',').map((part) => part.split(';', 1)[0]?.trim()))
      const [encoding, suffix] =
        ENCODINGS.find(([name, end]) => accepted.has(name) && listed().has(path + end)) ?? ([undefined, ''] as const)
      return {
        content: await contentOf(path + suffix),
        type: TYPES[extname(path)] ?? 'application/octet-stream',
        encoding,
        isImmutable: path.startsWith('/assets/'),
      }
    },
    async scriptsOf(path) {
      const known = scripts.get(path)
      if (known) return known
      const hashes = hashesOf(String(await contentOf(path)))
      scripts.set(path, hashes)
      return hashes
    },
  }
}

const hashesOf = (html: string): readonly string[] =>
  Array.from(
    html.matchAll(/<script>(.*?)<\/script>/gs),
    ([, script = '']) => `sha256-${createHash('sha256').update(script).digest('base64')}`,
  )

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`)
  } catch {
    return []
  }
}
