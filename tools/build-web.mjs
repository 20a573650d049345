// Builds the browser app into apps/web/dist and writes a compressed form beside each text file.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { build } from 'vite'

process.chdir(join(import.meta.dirname, '..'))
await build({ configFile: 'apps/web/vite.config.ts', logLevel: 'warn' })

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
