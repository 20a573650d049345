import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnv } from '@runnel/testing/child-env'
import { AWAITED_FOR_MS } from './patience.ts'
import { onPath } from './start-browser.ts'

/** The Firefox named by `FIREFOX_PATH`, else one on the PATH; undefined: there is none. */
export const firefoxPath = (): string | undefined => process.env.FIREFOX_PATH ?? onPath('firefox', 'firefox-esr')

export interface Firefox {
  /** Asks it for something by its WebDriver BiDi name. @throws Error with what it says of a command it refuses */
  ask(method: string, params?: object): Promise<unknown>
  /** Uncaught errors of its pages, and errors on their console. */
  readonly errors: readonly string[]
  stop(): Promise<void>
}

/** A Firefox with a profile of its own, without a window. It is asked by WebDriver BiDi, which is JSON over a socket. */
export async function startFirefox(path: string, look: { readonly locale: string; readonly isDark: boolean }) {
  const profile = await mkdtemp(join(tmpdir(), 'runnel-firefox-'))
  const preferences = {
    'intl.accept_languages': look.locale,
    'ui.systemUsesDarkTheme': look.isDark ? 1 : 0,
    'browser.shell.checkDefaultBrowser': false,
    'datareporting.policy.dataSubmissionEnabled': false,
  }
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  )
  await writeFile(join(profile, 'user.js'), lines.join(''))
  const options = ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0', 'about:blank']
  const child = spawn(path, options, {
    env: {
      ...childEnv(),
      ...(process.env.LD_LIBRARY_PATH !== undefined && { LD_LIBRARY_PATH: process.env.LD_LIBRARY_PATH }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    await rm(profile, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = ''
      child.stderr.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        const found = /WebDriver BiDi listening on (\S+)/.exec(said)
        if (found?.[1]) resolve(found[1])
      })
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`Firefox ended with ${code}:\n${said}`)))
      setTimeout(() => reject(new Error(`Firefox does not listen:\n${said}`)), AWAITED_FOR_MS).unref()
    })
    return { ...(await talkTo(`${address}/session`)), stop } satisfies Firefox
  } catch (error) {
    await stop()
    throw error
  }
}

interface Answer {
  readonly id?: number
  readonly type: string
  readonly result?: unknown
  readonly error?: string
  readonly message?: string
  readonly method?: string
  readonly params?: { readonly level?: string; readonly text?: string }
}

async function talkTo(address: string): Promise<Omit<Firefox, 'stop'>> {
  const socket = new WebSocket(address)
  await once(socket, 'open')
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const errors: string[] = []
  let asked = 0
  socket.addEventListener('message', ({ data }) => {
    // As WebDriver BiDi defines it.
    const answer: Answer = JSON.parse(String(data))
    if (answer.method === 'log.entryAdded' && answer.params?.level === 'error')
      errors.push(answer.params.text ?? 'an error without words')
    const asker = waiting.get(answer.id ?? 0)
    waiting.delete(answer.id ?? 0)
    if (answer.type === 'error') asker?.reject(new Error(`${answer.error}: ${answer.message}`))
    else asker?.resolve(answer.result)
  })
  const ask = (method: string, params: object = {}): Promise<unknown> => {
    const asker = Promise.withResolvers<unknown>()
    waiting.set(++asked, asker)
    socket.send(JSON.stringify({ id: asked, method, params }))
    return asker.promise
  }
  await ask('session.new', { capabilities: {} })
  await ask('session.subscribe', { events: ['log.entryAdded'] })
  return { ask, errors }
}
