import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@runnel/client'
import { newId } from '@runnel/protocol/id'
import type { Component } from '@runnel/sdk'
import { openStorage, type Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { createApp } from './app.ts'
import { hashPassword } from './auth/passwords.ts'
import { createSecrets, hashApiKey, makeApiKey } from './auth/secrets.ts'
import { type Config, loadConfig } from './config.ts'
import { createEgress, type Egress } from './egress/egress.ts'
import type { StarterFlow } from './flows/starter-flows.ts'
import { createLifecycle, type Lifecycle } from './lifecycle.ts'
import { createLog } from './log.ts'
import { createProjectService } from './projects/project-service.ts'
import { newUser } from './users/user-service.ts'

export interface TestAppOptions {
  /** Calls of `client` are made by this user, with a key. Nobody unless given. */
  readonly user?: string
  readonly superuser?: boolean
  /** Settings; auto login is off unless said. */
  readonly env?: Readonly<Record<string, string>>
  readonly components?: readonly Component[]
  readonly starters?: readonly StarterFlow[]
  readonly loadStarters?: (language?: string) => Promise<readonly StarterFlow[]>
  /** Stands for all other servers that components call. */
  readonly web?: { locate(url: string): string }
}

export interface TestPerson {
  readonly user: UserRecord
  readonly apiKey: string
  readonly client: Client
}

export interface TestApp {
  readonly app: FastifyInstance
  readonly client: Client
  /** The user of `client`. */
  readonly user: UserRecord
  readonly apiKey: string
  readonly storage: Storage
  readonly lifecycle: Lifecycle
  /** The home of whoever runs the server, where programs keep their settings. */
  readonly home: string
  /** Turned by `clock.advance(ms)`; starts at the real time. */
  readonly clock: { readonly now: () => number; readonly advance: (ms: number) => void }
  /** Lines the server logged. */
  readonly logged: readonly string[]
  /** Another user with a key and a client. */
  person(name: string, options?: PersonOptions): Promise<TestPerson>
  /** Answers on loopback too, for what needs a connection. Gives the address, `http://127.0.0.1:PORT`. */
  listen(): Promise<string>
  close(): Promise<void>
  /** Closes it at the end of a test that is alone with it. */
  [Symbol.asyncDispose](): Promise<void>
}

export interface PersonOptions {
  readonly superuser?: boolean
  readonly active?: boolean
  readonly password?: string
}

/** The real app on a database in memory, without a socket. */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const dataDir = join(tmpdir(), `runnel-test-${randomUUID()}`)
  const config = loadConfig({
    LANGFLOW_AUTO_LOGIN: 'false',
    LANGFLOW_BACKEND_ONLY: 'true',
    LANGFLOW_CONFIG_DIR: dataDir,
    ...options.env,
  })
  const storage = await openStorage({ sqlitePath: ':memory:' })
  const lifecycle = createLifecycle()
  const logged: string[] = []
  let turned = 0
  const now = () => Date.now() + turned
  const app = createApp({
    storage,
    config,
    lifecycle,
    now,
    desk: { home: dataDir, platform: 'linux' },
    secrets: createSecrets(config.secretKey ?? 'a secret for tests, 32 bytes long'),
    log: createLog('INFO', (line) => void logged.push(line)),
    loadComponents: async () => options.components ?? [],
    loadStarters: options.loadStarters ?? (async () => options.starters ?? []),
    ...(options.web && { egress: egressTo(options.web, config) }),
  })
  await app.ready()

  async function person(name: string, { superuser = false, active = true, password }: PersonOptions = {}) {
    const passwordHash = password === undefined ? null : await hashPassword(password)
    const user = await storage.users.add(
      newUser({
        id: newId(),
        username: name,
        passwordHash,
        isActive: active,
        isSuperuser: superuser,
        now: now(),
      }),
    )
    await createProjectService({ storage, config, now }).defaultProject(user.id)
    const apiKey = makeApiKey()
    await storage.apiKeys.add({
      id: newId(),
      userId: user.id,
      name: null,
      hash: hashApiKey(apiKey),
      prefix: apiKey.slice(0, 8),
      isActive: true,
      totalUses: 0,
      createdAt: now(),
      lastUsedAt: null,
      expiresAt: null,
    })
    return { user, apiKey, client: clientOf(app, apiKey) }
  }

  async function close(): Promise<void> {
    await app.close()
    await storage.close()
    await rm(dataDir, { recursive: true, force: true })
  }

  const first = await person(options.user ?? 'nobody', { superuser: options.superuser ?? false })
  return {
    app,
    storage,
    lifecycle,
    home: dataDir,
    logged,
    user: first.user,
    apiKey: first.apiKey,
    client: options.user === undefined ? clientOf(app) : first.client,
    clock: {
      now,
      advance(ms) {
        turned += ms
      },
    },
    person,
    async listen() {
      await app.listen({ port: 0, host: '127.0.0.1' })
      // A server listening on a port has no other form of address.
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

/** Calls of components go to the fake web; models are called as they are. */
function egressTo(web: { locate(url: string): string }, { host }: Pick<Config, 'host'>): Egress {
  const { http, ...egress } = createEgress({ ssrfAllowedHosts: ['127.0.0.1'], host })
  const located: Egress['http'] = {
    async fetch(url, request, signal) {
      return { ...(await http.fetch(web.locate(url), request, signal)), url }
    },
    async open(url, request, signal) {
      return { ...(await http.open(web.locate(url), request, signal)), url }
    },
  }
  return { ...egress, http: located, personsHttp: located }
}

function clientOf(app: FastifyInstance, apiKey?: string): Client {
  return createClient({
    baseUrl: 'http://localhost',
    checkAnswers: true,
    fetch: (url, init) => injectFetch(app, url, init),
    ...(apiKey !== undefined && { apiKey }),
  })
}

/** `fetch` for an app that does not listen. */
async function injectFetch(app: FastifyInstance, url: string, init: RequestInit): Promise<Response> {
  const request = new Request(url, init)
  const payload = Buffer.from(await request.arrayBuffer())
  const answer = await app.inject({
    // The methods of endpoints are all among those inject knows.
    method: request.method as NonNullable<InjectOptions['method']>,
    url: url.replace('http://localhost', ''),
    headers: Object.fromEntries(request.headers),
    ...(payload.length > 0 && { payload }),
  })
  const headers = new Headers()
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, String(one))
  }
  const hasBody = ![101, 204, 205, 304].includes(answer.statusCode)
  return new Response(hasBody ? new Uint8Array(answer.rawPayload) : null, { status: answer.statusCode, headers })
}
