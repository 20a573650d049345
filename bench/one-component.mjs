// The server of this repository as if it had a single component.
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { bundleServer } from '../tools/bundle-server.mjs'
import { temporaryFolder } from './processes.mjs'

const catalogue = /[\\/]components[\\/]src[\\/]catalog\.ts$/

/** Builds it, with the browser app beside it, and answers its entry. */
export async function buildWithOneComponent() {
  const apps = join(temporaryFolder(), 'apps')
  const folder = join(apps, 'cli/dist')
  mkdirSync(folder, { recursive: true })
  symlinkSync(join(import.meta.dirname, '../apps/web'), join(apps, 'web'))
  let isReplaced = false
  const plugin = {
    name: 'one-component',
    load(id) {
      if (!catalogue.test(id)) return null
      isReplaced = true
      return "import { chatInput } from './input-output/chat-input.ts'; export const catalog = [chatInput]"
    },
  }
  await bundleServer(folder, { plugins: [plugin] })
  if (!isReplaced) throw new Error('The bundle has no catalogue')
  return join(folder, 'main.mjs')
}
