import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnv } from '@runnel/testing/child-env'
import { expect } from 'vitest'
import { onPath } from './start-browser.ts'

/** The programs of a WebKit that can be driven, and of the screen it wants; undefined: one of them is not on the PATH. */
export function webKitPaths(): { readonly driver: string; readonly screen: string } | undefined {
  const [driver, screen] = [onPath('WebKitWebDriver'), onPath('Xvfb')]
  return driver && screen ? { driver, screen } : undefined
}

export interface WebKit {
  /** Asks its session for something by WebDriver: `url`. @throws Error with what it says of a command it refuses */
  ask(command: string, body: object): Promise<unknown>
  stop(): Promise<void>
}

/** WebKit's own small browser on a screen nobody sees. It is asked by WebDriver: JSON over HTTP. */
export async function startWebKit(
  { driver, screen }: NonNullable<ReturnType<typeof webKitPaths>>,
  look: { readonly isDark: boolean },
): Promise<WebKit> {
  const home = await mkdtemp(join(tmpdir(), 'runnel-webkit-'))
  const started: ChildProcess[] = []
  const stop = async (): Promise<void> => {
    for (const child of started.reverse()) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
    await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const size = ['-screen', '0', '1440x1000x24', '-nolisten', 'tcp']
    const xvfb = spawn(screen, ['-displayfd', '1', ...size], { stdio: ['ignore', 'pipe', 'ignore'] })
    started.push(xvfb)
    const [display] = await once(xvfb.stdout, 'data')
    const port = await freePort()
    const env = {
      ...childEnv(),
      HOME: home,
      DISPLAY: `:${String(display).trim()}`,
      GDK_BACKEND: 'x11',
      LANG: 'C.UTF-8',
      GTK_THEME: look.isDark ? 'Adwaita:dark' : 'Adwaita',
    }
    started.push(spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' }))
    const address = `http://127.0.0.1:${port}`
    const isReady = () => fetch(`${address}/status`).then(({ ok }) => ok)
    await expect.poll(() => isReady().catch(() => false), { message: 'WebKitWebDriver listens' }).toBe(true)
    // A page that is only begun can be listened to before its scripts run.
    const capabilities = { alwaysMatch: { pageLoadStrategy: 'none' } }
    const { sessionId } = sessionIn(await ask(`${address}/session`, { capabilities }))
    const session = `${address}/session/${sessionId}`
    return {
      ask: (command, body) => ask(`${session}/${command}`, body),
      async stop() {
        await fetch(session, { method: 'DELETE' })
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

// Answers of WebDriver, as it defines them.
async function ask(url: string, body: object): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  const { value } = (await response.json()) as { readonly value: unknown }
  if (response.ok) return value
  const { error, message } = value as { readonly error: string; readonly message: string }
  throw new Error(`${error}: ${message}`)
}
const sessionIn = (answer: unknown) => answer as { readonly sessionId: string }

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
