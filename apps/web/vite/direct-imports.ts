import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** Libraries of one file that names all others; each of our modules needs a few of hundreds. */
const LIBRARIES = ['lucide-react', 'radix-ui'] as const
const IMPORT = new RegExp(`^import \\{([^}]*)\\} from '(${LIBRARIES.join('|')})'$`, 'gm')

/** How an exported name is imported, from the file that has it. */
type Imports = ReadonlyMap<string, (as: string) => string>

/**
 * Imports what our modules take of large libraries from the files that have it. With the file that names them all, every
 * module that takes one icon would seem to need each of them, and no page could be told from another (`chunk-groups.ts`).
 */
export function directImports(): Plugin {
  const known = new Map<string, Promise<Imports>>()
  return {
    name: 'runnel:direct-imports',
    apply: 'build',
    enforce: 'pre',
    async transform(code, id) {
      if (!/\/apps\/web\/src\/.*\.tsx?$/.test(id)) return null
      const wanted = [...code.matchAll(IMPORT)]
      if (wanted.length === 0) return null
      let direct = code
      for (const [statement, names = '', library = ''] of wanted) {
        const found = known.get(library) ?? this.resolve(library, id).then((at) => importsOf(at?.id ?? library))
        known.set(library, found)
        const imports = await found
        direct = direct.replace(statement, () => statementsOf(names, library, imports).join(';'))
      }
      return { code: direct, map: null }
    },
  }
}

function statementsOf(names: string, library: string, imports: Imports): readonly string[] {
  const taken = names.split(',').map((name) => name.trim())
  return taken
    .filter((name) => name !== '' && !name.startsWith('type '))
    .map((name) => {
      const [exported = '', as = exported] = name.split(' as ')
      const statement = imports.get(exported)
      if (!statement) throw new Error(`${library} has no file for ${exported}`)
      return statement(as)
    })
}

/** Of a file that does nothing but name others: `export { default as X } from './x'` and `import * as X from 'x'`. */
async function importsOf(file: string): Promise<Imports> {
  const code = await readFile(file, 'utf8')
  const path = (from: string): string => JSON.stringify(from.startsWith('.') ? join(dirname(file), from) : from)
  const imports = new Map<string, (as: string) => string>()
  for (const [, names = '', from = ''] of code.matchAll(/^export \{([^}]*)\} from '([^']+)';?$/gm)) {
    for (const [, source = '', name = source] of names.matchAll(/(\w+)(?: as (\w+))?/g)) {
      imports.set(name, (as) => `import { ${source} as ${as} } from ${path(from)}`)
    }
  }
  for (const [, name = '', from = ''] of code.matchAll(/^import \* as (\w+) from "([^"]+)";?$/gm)) {
    imports.set(name, (as) => `import * as ${as} from ${path(from)}`)
  }
  return imports
}
