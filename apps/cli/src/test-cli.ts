import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { childEnv } from '@runnel/testing/child-env'

// Behind `--`, or Node itself takes `--env-file` for its own.
const MAIN = join(import.meta.dirname, 'main.ts')

export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  /** The settings of the command; nothing else comes from the environment. */
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
}

/** A folder for the data and files of one test file, and the command line beside it. */
export function testCli() {
  const folder = mkdtempSync(join(tmpdir(), 'runnel-cli-'))
  const start = (args: readonly string[], { env = {}, stdin = '' }: CommandOptions = {}) => {
    const child = spawn(process.execPath, ['--', MAIN, ...args], {
      cwd: folder,
      env: { HOME: folder, ...childEnv(), ...env },
    })
    child.stdin.end(stdin)
    const result = Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve) => child.once('close', resolve)),
    ]).then(([stdout, stderr, code]): CommandResult => ({ code, stdout, stderr }))
    return { child, result }
  }
  return {
    folder,
    start,
    run: (args: readonly string[], options?: CommandOptions): Promise<CommandResult> => start(args, options).result,
    /** Starts a server on a free port and waits until it listens; `stop` tells it to end and gives what it said. */
    async serve(args: readonly string[] = [], options?: CommandOptions) {
      const { child, result } = start(['run', ...args], options)
      let said = ''
      const address = await new Promise<string>((resolve, reject) => {
        child.stdout.on('data', (chunk) => {
          said += String(chunk)
          const [, url] = /listens on (\S+)/.exec(said) ?? []
          if (url) resolve(url)
        })
        result.then(({ stderr }) => reject(new Error(`The server did not start: ${stderr}`)), reject)
      })
      const stop = (signal: NodeJS.Signals = 'SIGTERM') => {
        child.kill(signal)
        return result
      }
      return { address, stop, [Symbol.asyncDispose]: async () => void (await stop()) }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
