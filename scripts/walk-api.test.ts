import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { loadConfig } from '@runnel/server/config'
import { startServer } from '@runnel/server/main'
import { expect, test } from 'vitest'

function hasCurl(): boolean {
  try {
    execFileSync('curl', ['--version'])
    return true
  } catch {
    return false
  }
}

test.skipIf(!hasCurl())('every call of the documents is answered as documented (skipped without curl)', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'walk-api-data-'))
  const env = {
    LANGFLOW_CONFIG_DIR: dataDir,
    LANGFLOW_HOST: '127.0.0.1',
    LANGFLOW_PORT: '0',
    LANGFLOW_ENABLE_LOG_RETRIEVAL: 'true',
  }
  const server = await startServer(loadConfig(env), { print: () => {}, drainMs: 0 })
  try {
    const walk = promisify(execFile)(process.execPath, [join(import.meta.dirname, 'walk-api.ts'), server.address])
    const { stdout } = await walk.catch((error: unknown) => error as { stdout: string })
    expect(stdout.split('\n').filter((line) => line.includes('DIFFERENT'))).toEqual([])
    expect(stdout).toMatch(/^66 of 66 calls answered as documented$/m)
  } finally {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})
