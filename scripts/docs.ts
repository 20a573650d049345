// Writes docs/reference and docs/components.md from what is declared in code. `--check` only says which pages are out of date.
import { globSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { repository } from './component-files.ts'
import { componentPages } from './docs/component-pages.ts'
import { coveragePage } from './docs/coverage-page.ts'
import { endpointPage } from './docs/endpoint-page.ts'
import { errorPage } from './docs/error-page.ts'
import { settingPage } from './docs/setting-page.ts'

/** Makes one part of the reference. Another part is a file in `docs/` beside the others and a line in the list below. */
export interface ReferencePart {
  /** The folder or file below docs it alone writes: `reference/components`, `reference/errors.md`. */
  readonly path: string
  /** Its pages by path below docs. */
  readonly pages: (root: string) => Promise<ReadonlyMap<string, string>>
}

const parts: readonly ReferencePart[] = [componentPages, coveragePage, endpointPage, errorPage, settingPage]

const docsFolder = (root: string): string => join(root, 'docs')

/** Writes all pages anew and removes those of things that are gone. Returns how many there are. */
export async function writeDocs(root: string = repository): Promise<number> {
  const folder = docsFolder(root)
  let count = 0
  for (const part of parts) {
    // Made before the old ones go, so that a failure leaves them.
    const pages = await part.pages(root)
    await rm(join(folder, part.path), { recursive: true, force: true })
    for (const [path, text] of pages) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    count += pages.size
  }
  return count
}

/** Pages that differ from what would be written, are missing, or should not be there. */
export async function stalePages(root: string = repository): Promise<readonly string[]> {
  const folder = docsFolder(root)
  const stale: string[] = []
  for (const part of parts) {
    const pages = await part.pages(root)
    for (const [path, text] of pages) {
      const written = await readFile(join(folder, path), 'utf8').catch(() => undefined)
      if (written !== text) stale.push(path)
    }
    const present = globSync([part.path, `${part.path}/**/*.md`], { cwd: folder })
    stale.push(...present.filter((path) => path.endsWith('.md') && !pages.has(path.replaceAll('\\', '/'))))
  }
  return stale
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  if (values.check) {
    const stale = await stalePages()
    if (stale.length > 0) {
      console.error(`Out of date: ${stale.join(', ')}. Run: npm run docs`)
      process.exitCode = 1
    } else console.log('The reference is current.')
  } else console.log(`Wrote ${await writeDocs()} pages of reference.`)
}
