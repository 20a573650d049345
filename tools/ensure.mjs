// Makes a fresh clone ready: installs when the lock file changed, builds what is stale. Plain JavaScript for Node 20.
//   node tools/ensure.mjs          install
//   node tools/ensure.mjs build    install, then build the bundle if a source file is newer than it
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

process.chdir(join(import.meta.dirname, '..'))

const npm = (...args) => execFileSync('npm', args, { stdio: 'inherit' })
const stamp = 'node_modules/.lock-hash'
const lockHash = () => createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockHash()) {
  const flags = ['--include=dev', '--include=optional']
  try {
    npm('ci', ...flags)
  } catch {
    // A registry that lacks a package of another platform makes `npm ci` refuse a correct lock file.
    npm('install', '--no-save', ...flags)
  }
  writeFileSync(stamp, lockHash())
}

const newest = (...folders) =>
  folders
    .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !/node_modules|dist|\.test\.tsx?$/.test(join(entry.parentPath, entry.name)))
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0)

const isStale = (built, sources) => !existsSync(built) || statSync(built).mtimeMs < sources

if (process.argv[2] === 'build') {
  const shared = Math.max(newest('tools'), statSync('package-lock.json').mtimeMs)
  const server = newest('apps/cli', 'apps/server', 'packages')
  const web = newest('apps/web', 'packages/client', 'packages/protocol')
  if (isStale('apps/cli/dist/main.mjs', Math.max(shared, server))) npm('run', '-s', 'build:server')
  if (isStale('apps/web/dist/index.html.br', Math.max(shared, web))) npm('run', '-s', 'build:web')
}
