import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { bundleServer } from './bundle-server.mjs'

test('the bundle has all it needs to start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-bundle-'))
  await bundleServer(join(folder, 'dist'))
  const server = spawn(process.execPath, [join(folder, 'dist/main.mjs'), 'run', '--port', '0'], {
    env: { PATH: process.env.PATH, LANGFLOW_CONFIG_DIR: folder, LANGFLOW_AUTO_LOGIN: 'true' },
  })
  try {
    const said: string[] = []
    const address = await new Promise<string | undefined>((resolve) => {
      createInterface(server.stderr).on('line', (line) => said.push(line))
      createInterface(server.stdout).on('line', (line) => {
        const [found] = /https?:\/\/\S+/.exec(line) ?? []
        if (found) resolve(found)
      })
      server.once('exit', () => resolve(undefined))
    })
    expect(address, said.join('\n')).toBeDefined()
    expect((await fetch(`${address}/health`)).status).toBe(200)
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
})
