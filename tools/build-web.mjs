// Builds the browser app into apps/web/dist and writes a compressed form beside each text file.
//   node tools/build-web.mjs             build
//   node tools/build-web.mjs --budgets   build, and fail when a part of it is larger than it may be
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { appBefore } from './app-before.mjs'
import { budgetLines, exceeded, overBudget, tooManyLibraries, webBudgets } from './web-budgets.mjs'
import { createWebFiles } from './web-sizes.mjs'

process.chdir(join(import.meta.dirname, '..'))
const { output } = await build({ configFile: 'apps/web/vite.config.ts', logLevel: 'warn' })

const dir = 'apps/web/dist'
const files = readdirSync(dir, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.(js|css|html|svg|json)$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
for (const file of files) {
  const content = readFileSync(file)
  writeFileSync(`${file}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
}
console.log(`built ${files.length} files into ${dir}`)

if (process.argv.includes('--budgets')) {
  const sent = (name) => [`${dir}/${name}.br`, `${dir}/${name}`].find((path) => existsSync(path))
  const inFolder = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => ({ fileName: relative(dir, join(entry.parentPath, entry.name)), type: 'asset' }))
  const bundled = new Set(output.map(({ fileName }) => fileName))
  const all = [...output, ...inFolder.filter(({ fileName }) => !bundled.has(fileName))]
  const app = createWebFiles(all, (name) => statSync(sent(name)).size)
  const budgets = webBudgets(app)
  console.log(budgetLines(app, budgets).join('\n'))
  const { dependencies } = JSON.parse(readFileSync('apps/web/package.json', 'utf8'))
  const before = exceeded(app, budgets).length > 0 ? await appBefore() : undefined
  const over = [...overBudget(app, budgets, before), ...tooManyLibraries(dependencies)]
  if (over.length > 0) {
    console.error(`over budget:\n${over.join('\n')}`)
    process.exitCode = 1
  }
}
