import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Storage } from '@runnel/storage/open-storage'
import type { FastifyInstance } from 'fastify'
import { createApp } from './app.ts'
import { prepareFirstUser } from './auth/first-start.ts'
import { createSecrets, readOrMakeSecret } from './auth/secrets.ts'
import { type Config, ConfigError } from './config.ts'
import { createFileStore } from './files/file-store.ts'
import { recoverFiles } from './files/recover-files.ts'
import { createGraphSeal } from './flows/graph-seal.ts'
import { startSealing } from './flows/seal-stored-flows.ts'
import { isLoopbackAddress } from './http/origin.ts'
import { createLifecycle, type Lifecycle } from './lifecycle.ts'
import { createLog } from './log.ts'
import { startPruning } from './monitor/pruning.ts'
import { openStore } from './open-store.ts'
import { createProjectService } from './projects/project-service.ts'
import { onceQuiet, spareMemory, wheneverAtRest } from './spare-memory.ts'

export interface RunningServer {
  /** `http://localhost:7860` */
  readonly address: string
  /** How many answers have begun; undefined while one of them is open. */
  begunInAll(): number | undefined
  /** Refuses new work, waits for what runs, then closes everything. Further calls wait for the first. */
  stop(): Promise<void>
}

export interface StartOptions {
  /** Shows a line to the operator. */
  readonly print?: (line: string) => void
  /** How long runs may go on after a stop was asked for, in milliseconds. */
  readonly drainMs?: number
}

const PORTS_TRIED = 100
const DRAIN_MS = 30_000
/** Streams that are cut get this long to say so, in milliseconds. */
const FAREWELL_MS = 2000

/**
 * Opens the store, prepares the first start and listens.
 * @throws ConfigError for settings that must not go together, CannotOpenStorage, or Node's error of a busy port
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  const { print = (line) => void process.stdout.write(`${line}\n`), drainMs = DRAIN_MS } = options
  const isOpenToAll = config.autoLogin && !isLoopbackAddress(config.host)
  if (isOpenToAll && !config.allowInsecureAutoLogin) {
    throw new ConfigError(
      `LANGFLOW_AUTO_LOGIN would let everyone who reaches ${config.host} use this server without a login. ` +
        'Set LANGFLOW_AUTO_LOGIN=false, or listen on localhost, or set RUNNEL_ALLOW_INSECURE_AUTO_LOGIN=true.',
    )
  }
  const log = createLog(config.logLevel, (line) => void process.stderr.write(line))
  const secrets = createSecrets(config.secretKey ?? (await readOrMakeSecret(config.dataDir)))
  const storage = await openStore(config)
  const lifecycle = createLifecycle()
  const now = Date.now
  try {
    await recoverFiles({ storage, store: createFileStore(config.dataDir), now })
    await storage.runs.markInterrupted(now())
    const user = await prepareFirstUser({ storage, config, now, print })
    await createProjectService({ storage, config, now }).defaultProject(user.id)
    const app = createApp({ storage, config, secrets, lifecycle, log, now, loadComponents, loadStarters })
    const port = await listen(app, config, print)
    const address = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`
    print(`Runnel listens on ${address}`)
    const stopPruning = startPruning({ storage, config, log, now })
    const stopSealing = startSealing({ storage, seal: createGraphSeal(secrets).seal, log })
    if (isOpenToAll) print('Warning: everyone who reaches this address is logged in as the first user.')
    let stopped: Promise<void> | undefined
    return {
      address,
      begunInAll: lifecycle.begunInAll,
      stop() {
        stopped ??= stopServer({ app, storage, lifecycle, drainMs, ending: [stopPruning, stopSealing] })
        return stopped
      },
    }
  } catch (error) {
    await storage.close()
    throw error
  }
}

/** Runs a server until the process is told to end; the process then ends with code 0. */
export async function runServer(config: Config, options: StartOptions = {}): Promise<void> {
  const server = await startServer(config, options)
  onceQuiet(server.begunInAll, spareMemory)
  wheneverAtRest(spareMemory)
  const end = () => {
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

async function loadComponents() {
  const { catalog } = await import('@runnel/components/catalog')
  return catalog
}

/** `starters` in the root of the repository, seen from this folder and from that of the bundle. */
const STARTERS = join(import.meta.dirname, '../../../starters')

async function loadStarters(language?: string) {
  const { readStarterFlows } = await import('./flows/starter-flows.ts')
  return readStarterFlows(STARTERS, language)
}

/** Listens on the port of the settings; when it is taken and nobody asked for it by name, on the next free one. */
async function listen(app: FastifyInstance, config: Config, print: (line: string) => void): Promise<number> {
  const { host, port: first, portDemanded } = config
  for (let port = first; ; port++) {
    try {
      await app.listen({ host, port })
      const bound = app.server.address()
      if (port !== first) print(`Port ${first} is taken.`)
      return typeof bound === 'object' && bound !== null ? bound.port : port
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
      if (!isTaken || portDemanded || port >= first + PORTS_TRIED) throw error
    }
  }
}

interface Stopping {
  readonly app: FastifyInstance
  readonly storage: Storage
  readonly lifecycle: Lifecycle
  readonly drainMs: number
  /** What the server does on the side, each to be ended. */
  readonly ending: readonly (() => Promise<void>)[]
}

async function stopServer({ app, storage, lifecycle, drainMs, ending }: Stopping): Promise<void> {
  lifecycle.drain()
  const over = new AbortController()
  const wait = (ms: number) => delay(ms, undefined, { signal: over.signal }).catch(() => {})
  await Promise.race([lifecycle.idle(), wait(drainMs)])
  lifecycle.stop()
  await Promise.race([lifecycle.idle(), wait(FAREWELL_MS)])
  over.abort()
  await app.close()
  await Promise.all(ending.map((end) => end()))
  await storage.close()
}
