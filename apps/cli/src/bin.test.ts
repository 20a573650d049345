import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../../..')

test('the executable of the repository runs the command line', async () => {
  const bin = join(ROOT, 'bin/runnel.mjs')
  const { stdout } = await promisify(execFile)(process.execPath, [bin, '--version'])
  expect(stdout).toMatch(/^runnel \d/)
})

const pages = [
  ...['README.md', 'AGENTS.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/compatibility.md'],
  ...readdirSync(join(ROOT, 'docs/decisions')).map((name) => `docs/decisions/${name}`),
]

test.each(pages)('every link of %s leads to a file', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8')
  const links = Array.from(text.matchAll(/\]\((?!https?:)([^)#]+)/g), ([, link = '']) => link)
  const folder = join(ROOT, dirname(page))
  expect(links.filter((link) => !existsSync(join(folder, link)))).toEqual([])
})
