import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

/** The reference MCP server: a program that shows every feature of the protocol. */
const path = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'))

/** Its command line, to be started by us. */
export const everythingCommand = { command: process.execPath, args: [path, 'stdio'] }

type Transport = 'streamableHttp' | 'sse'

/** Starts it at an address; at another one when somebody has taken the port before it could. */
export const startEverything = (transport: Transport) =>
  startOnce(transport)
    .catch(() => startOnce(transport))
    .catch(() => startOnce(transport))

async function startOnce(transport: Transport) {
  const port = await freePort()
  const child: ChildProcess = spawn(process.execPath, [path, transport], {
    env: { PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  const listening = Promise.withResolvers<void>()
  // Read to the end: the program ends itself when nobody listens to what it says.
  child.stderr?.on('data', (chunk) => {
    told += chunk
    if (/on port/.test(told)) listening.resolve()
  })
  child.once('exit', () => listening.reject(new Error(`The reference MCP server has ended: ${told}`)))
  await listening.promise
  return {
    url: `http://127.0.0.1:${port}${transport === 'sse' ? '/sse' : '/mcp'}`,
    async close() {
      if (child.exitCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
