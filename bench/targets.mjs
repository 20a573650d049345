// What is measured: the server of this repository and the floor, each a process on a free port with a fresh folder.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { HEAP_FLAGS } from '../bin/heap-flags.mjs'
import { cpuSeconds, freePort, startProcess, temporaryFolder } from './processes.mjs'

const here = import.meta.dirname

/** Starts our server on a data folder, as `npm start` does. `nodeArgs` are options of Node, as for a profile; `env` are settings. */
export async function startServer(settings, folder = temporaryFolder(), env = {}) {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const started = await startProcess({
    file: settings.server,
    args: ['run'],
    nodeArgs: [...HEAP_FLAGS, ...(settings.nodeArgs ?? [])],
    env: {
      LANGFLOW_CONFIG_DIR: folder,
      LANGFLOW_HOST: '127.0.0.1',
      LANGFLOW_PORT: String(port),
      // The model stands in on this machine.
      LANGFLOW_SSRF_ALLOWED_HOSTS: '127.0.0.1',
      ...env,
    },
    ready: `${address}/health`,
  })
  return { ...started, address, folder }
}

/** Starts the floor on a folder of its own, or on one it has used before. */
export async function startFloor({ upstream = '', folder = temporaryFolder() } = {}) {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const args = [String(port), join(folder, 'floor.db'), upstream]
  const started = await startProcess({ file: join(here, 'floor.mjs'), args, ready: `${address}/health` })
  return { ...started, address, folder }
}

export async function startModel() {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const started = await startProcess({ file: join(here, 'mock-model.mjs'), args: [String(port)], ready: address })
  return { ...started, address }
}

/** Loads a target and says what came back, with the CPU time of its process per request and per token, in µs. */
export async function load(target, options) {
  const before = cpuSeconds(target.pid)
  const { stdout } = await promisify(execFile)(process.execPath, [join(here, 'load.mjs'), JSON.stringify(options)], {
    maxBuffer: 1 << 24,
  })
  const result = JSON.parse(stdout)
  const microseconds = (cpuSeconds(target.pid) - before) * 1e6
  return { ...result, cpuPerRequest: microseconds / result.sent, cpuPerToken: microseconds / result.tokens }
}

/** A call of our API that must succeed; from this machine none needs a key. */
export async function call(server, method, path, body) {
  const response = await fetch(server.address + path, {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`)
  return JSON.parse(text)
}

/** A key, and the headers that show it. */
export async function makeKey(server) {
  const { api_key: key } = await call(server, 'POST', '/api/v1/api_key/', { name: 'bench' })
  return { 'x-api-key': key }
}
