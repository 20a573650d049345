#!/usr/bin/env node
// Starts the command line: the bundle if it was built, else the TypeScript source. An older Node hands over to the one
// among the installed packages.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { HEAP_FLAGS } from './heap-flags.mjs'

const root = join(import.meta.dirname, '..')
const bundle = join(root, 'apps/cli/dist/main.mjs')
const entry = existsSync(bundle) ? bundle : join(root, 'apps/cli/src/main.ts')
const installed = join(root, 'node_modules/.bin/node')
const major = Number(process.versions.node.split('.')[0])

if (major < 26 && existsSync(installed)) {
  const child = spawn(installed, [...HEAP_FLAGS, '--', entry, ...process.argv.slice(2)], { stdio: 'inherit' })
  // A terminal signals the whole group, so the child has its Ctrl-C already.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => (signal ? process.kill(process.pid, signal) : process.exit(code ?? 1)))
} else if (major >= 24) {
  await import(pathToFileURL(entry).href)
} else {
  console.error(`runnel: Node ${process.versions.node} is too old. Run "npm ci" in ${root}, which brings its own Node.`)
  process.exit(1)
}
