// Writes packages/components/src/catalog.ts, the list of all components. `--check` only says whether it is current.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ComponentFile, componentsFolder, loadComponents, repository } from './component-files.ts'

const HEADER = `// Written by \`npm run catalog\`: edit the components, not this list.
// biome-ignore-all assist/source/organizeImports: sorted by path
// biome-ignore-all format: one line per file`

/** The source of the index: static imports and one list, both sorted by path. */
export function catalogSource(files: readonly ComponentFile[]): string {
  const imports = Map.groupBy(files, ({ path }) => path)
  const lines = Array.from(imports, ([path, found]) => {
    const names = found.map(({ exportName }) => exportName).sort()
    return `import { ${names.join(', ')} } from './${path}'`
  })
  return [
    HEADER,
    "import type { Component } from '@runnel/sdk'",
    ...lines,
    '',
    '/** Every component there is, sorted by where it is declared. */',
    'export const catalog: readonly Component[] = [',
    ...files.map(({ exportName }) => `  ${exportName},`),
    ']',
    '',
  ].join('\n')
}

const catalogPath = (root: string): string => join(componentsFolder(root), 'catalog.ts')

export async function writeCatalog(root: string, files: readonly ComponentFile[]): Promise<void> {
  await writeFile(catalogPath(root), catalogSource(files))
}

/** Whether the index on disk is what would be written. */
export async function isCatalogCurrent(root: string = repository): Promise<boolean> {
  const [written, files] = await Promise.all([readFile(catalogPath(root), 'utf8'), loadComponents(root)])
  return written === catalogSource(files)
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  if (values.check) {
    if (await isCatalogCurrent()) console.log('The catalogue is current.')
    else {
      console.error('The catalogue is out of date. Run: npm run catalog')
      process.exitCode = 1
    }
  } else {
    const files = await loadComponents()
    await writeCatalog(repository, files)
    console.log(`Wrote a catalogue of ${files.length} components.`)
  }
}
