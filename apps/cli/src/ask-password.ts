import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CommandError } from './failure.ts'

/** Asks for a password on the terminal, without showing what is typed. @throws CommandError without a terminal */
export async function askPassword(question: string): Promise<string> {
  if (!process.stdin.isTTY) {
    throw new CommandError('No password was given. Set LANGFLOW_SUPERUSER_PASSWORD, or pass --password.')
  }
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}
