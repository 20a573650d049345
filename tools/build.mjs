// Bundles the command line and the server into apps/cli/dist.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bundleServer } from './bundle-server.mjs'

const folder = 'apps/cli/dist'
const dir = join(import.meta.dirname, '..', folder)
rmSync(dir, { recursive: true, force: true })
console.log(`built ${await bundleServer(dir)} files into ${folder}`)
