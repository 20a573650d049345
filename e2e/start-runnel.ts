import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Client, createClient } from '@runnel/client'
import { childEnv } from '@runnel/testing/child-env'

const ROOT = join(import.meta.dirname, '..')

export interface Runnel {
  /** `http://localhost:45123` */
  readonly address: string
  /** Calls its API as the local user. */
  readonly client: Client
  stop(): Promise<void>
}

/**
 * Starts the real server in a process of its own, on a free port and an empty data folder, signing in by itself.
 * @param env settings that differ from that
 */
export async function startRunnel(env: Readonly<Record<string, string>> = {}): Promise<Runnel> {
  if (!existsSync(join(ROOT, 'apps/web/dist/index.html'))) {
    throw new Error('The browser app is not built. Run `npm run build:web` first.')
  }
  const folder = await mkdtemp(join(tmpdir(), 'runnel-e2e-'))
  const child = spawn(process.execPath, [join(ROOT, 'apps/cli/src/main.ts'), 'run', '--port', '0'], {
    env: {
      ...childEnv(),
      LANGFLOW_CONFIG_DIR: folder,
      LANGFLOW_AUTO_LOGIN: 'true',
      LANGFLOW_SKIP_AUTH_AUTO_LOGIN: 'true',
      LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: string[] = []
  child.stderr.on('data', (chunk: Buffer) => said.push(chunk.toString()))
  const lines = createInterface(child.stdout)
  const address = await new Promise<string>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line)
      const found = /https?:\/\/[^\s]+/.exec(line)
      if (found) resolve(found[0].replace(/\/$/, ''))
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${said.join('\n')}`)))
  })
  return {
    address,
    client: createClient({ baseUrl: address }),
    async stop() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
