import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { type McpReceiver, type McpTransport, MESSAGE_BYTES, mcpFailure, messagesIn } from './mcp-transport.ts'

export interface McpProgram {
  readonly command: string
  readonly args: readonly string[]
  /** All it gets: nothing of the server's own environment comes with it. */
  readonly env: Readonly<Record<string, string>>
}

/** How long a program may take to end by itself, and then to end when it is told to. */
const PATIENCE_MS = 2000

/** Starts a program and speaks with it over its standard input and output, a message a line. No shell is involved. */
export function openStdio({ command, args, env }: McpProgram, receiver: McpReceiver): McpTransport {
  // A group of its own, so that what the program starts ends with it.
  const child = spawn(command, [...args], { env, stdio: 'pipe', shell: false, detached: true, windowsHide: true })
  const ended = Promise.withResolvers<void>()
  const end = (why: string) => {
    receiver.closed(mcpFailure(why))
    ended.resolve()
  }
  child.once('error', () => end('The program of the MCP server cannot be started.'))
  child.once('exit', (code, signal) => end(`The program of the MCP server has ended (${signal ?? `code ${code}`}).`))
  child.stdin.on('error', () => undefined) // told by `exit`
  child.stderr.resume() // where programs chat
  const lines = createInterface({ input: bounded(child) })
  lines.on('line', (line) => {
    for (const message of messagesIn(line)) receiver.message(message)
  })

  return {
    mode: 'stdio',
    async send(message) {
      if (!child.stdin.writable) throw mcpFailure('The program of the MCP server has ended.')
      child.stdin.write(`${JSON.stringify(message)}\n`)
    },
    agree: () => undefined,
    async close() {
      child.stdin.end()
      const timers = [
        setTimeout(() => kill(child, 'SIGTERM'), PATIENCE_MS),
        setTimeout(() => kill(child, 'SIGKILL'), 2 * PATIENCE_MS),
      ]
      await ended.promise
      for (const timer of timers) clearTimeout(timer)
      kill(child, 'SIGKILL')
    },
  }
}

/** Its output, until a line is longer than any message may be: then it is killed. */
function bounded(child: ChildProcessWithoutNullStreams): NodeJS.ReadableStream {
  let open = 0
  child.stdout.on('data', (chunk: Buffer) => {
    const at = chunk.lastIndexOf(10)
    open = at === -1 ? open + chunk.length : chunk.length - at - 1
    if (open > MESSAGE_BYTES) kill(child, 'SIGKILL')
  })
  return child.stdout
}

function kill({ pid }: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group is gone already.
  }
}
