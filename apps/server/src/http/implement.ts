import type { Access, Endpoint } from '@runnel/protocol/endpoint'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { ProjectRole } from '@runnel/protocol/roles'
import type { ApiKeyRecord, UserRecord } from '@runnel/storage/records'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { noteAudit } from '../audit/audit-trail.ts'
import type { Memberships } from '../projects/memberships.ts'
import { sendJson } from './json-answer.ts'
import { parseJsonBody } from './json-body.ts'
import { RawJson } from './raw-json.ts'
import { type Source, type ValidationItem, validationItems } from './validation.ts'

/** What every endpoint of one app shares. */
export interface HttpContext {
  /** The caller; never called for endpoints that need no credentials. @throws AppError 401 or 403 */
  readonly authenticate: (request: FastifyRequest, access: Access) => Promise<Caller>
  /** For whom calls to endpoints with a role are made. */
  readonly memberships: Pick<Memberships, 'of'>
  /** Every implemented endpoint, in order: what OpenAPI describes and what 405 answers are made from. */
  readonly endpoints: Endpoint[]
}

/** Who calls, and with which key if with one. */
export interface Caller {
  readonly user: UserRecord
  readonly key?: ApiKeyRecord
  /** Set for somebody who is not the user but is let in by them: what their history is kept under. */
  readonly visitor?: string
}

declare module 'fastify' {
  interface FastifyInstance {
    readonly http: HttpContext
  }
  interface FastifyRequest {
    caller: Caller | null
  }
}

/** A request whose parts fit the endpoint's schemas. */
export interface OpenCall<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  readonly request: FastifyRequest
  /** Aborted when the client leaves before its answer is complete. */
  readonly signal: AbortSignal
}

export interface Call<Params, Query, Body> extends OpenCall<Params, Query, Body> {
  /** Whose things it is about: the caller, or who made the project that the caller is a member of. */
  readonly user: UserRecord
  /** Who calls, for all that remembers who did something. */
  readonly author: UserRecord
  /** What the caller may do there; everybody owns what is their own. */
  readonly role: ProjectRole
  /** The key the request was made with, if with one. */
  readonly key: ApiKeyRecord | null
  /** Set when the user is who the call is made for, but not who makes it. */
  readonly visitor: string | null
}

/** Sizes and depths that differ from those of ordinary JSON bodies. */
export interface BodyLimits {
  readonly bytes?: number
  /** Levels of brackets. */
  readonly depth?: number
}

const MEGABYTE = 1024 * 1024
/** The longest JSON body, in bytes, unless an endpoint says otherwise. */
export const JSON_BODY_BYTES = 16 * MEGABYTE
/** Limits of a body that holds a graph. */
export const flowBody: BodyLimits = { bytes: 64 * MEGABYTE, depth: 2000 }
const JSON_DEPTH = 200

/**
 * Serves an endpoint: the caller is known before the body is read, the handler gets what fits the endpoint's schemas,
 * and what it returns is the answer: a value is sent as JSON, a `RawJson` as it is, and a handler that writes to the
 * reply itself returns the reply.
 */
export function implement<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  endpoint: Endpoint<P, Q, B, R>,
  handler: (call: Call<z.output<P>, z.output<Q>, z.output<B>>, reply: FastifyReply) => unknown,
  limits: BodyLimits = {},
): void {
  if (endpoint.access === 'none') throw new Error(`${endpoint.path} needs no credentials: use implementOpen`)
  const { memberships } = app.http
  route(app, endpoint, limits, (call, reply) => {
    const { caller } = call.request
    if (!caller) throw new AppError('key_required')
    const { user: author, key = null, visitor = null } = caller
    const own = { ...call, user: author, author, role: 'owner', key, visitor } as const
    if (endpoint.role === undefined) return handler(own, reply)
    return memberships
      .of(author, endpoint, call)
      .then((found) => handler(found ? { ...own, user: found.owner, role: found.role } : own, reply))
  })
}

/** As `implement`, for endpoints anyone may call; the handler finds out itself whether there is a caller. */
export function implementOpen<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  endpoint: Endpoint<P, Q, B, R>,
  handler: (call: OpenCall<z.output<P>, z.output<Q>, z.output<B>>, reply: FastifyReply) => unknown,
  limits: BodyLimits = {},
): void {
  if (endpoint.access !== 'none') throw new Error(`${endpoint.path} needs credentials: use implement`)
  route(app, endpoint, limits, handler)
}

function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  app: FastifyInstance,
  endpoint: Endpoint<P, Q, B, R>,
  limits: BodyLimits,
  handler: (call: OpenCall<z.output<P>, z.output<Q>, z.output<B>>, reply: FastifyReply) => unknown,
): void {
  const { http } = app
  http.endpoints.push(endpoint)
  const status = endpoint.status ?? 200
  const lists = listParameters(endpoint.query)
  const depth = limits.depth ?? JSON_DEPTH

  app.route({
    method: endpoint.method === 'GET' ? ['GET', 'HEAD'] : endpoint.method,
    url: endpoint.path.length > 1 && endpoint.path.endsWith('/') ? endpoint.path.slice(0, -1) : endpoint.path,
    bodyLimit: limits.bytes ?? JSON_BODY_BYTES,
    config: { endpoint },
    async onRequest(request) {
      if (endpoint.access !== 'none') request.caller = await http.authenticate(request, endpoint.access)
      checkBodyHeaders(request, endpoint)
    },
    async handler(request, reply) {
      const problems: ValidationItem[] = []
      const params = read(endpoint.params, request.params, 'path', problems)
      const query = endpoint.query && read(endpoint.query, lastOfEach(request.query, lists), 'query', problems)
      const body = endpoint.body && read(endpoint.body, readBody(request, endpoint, depth), 'body', problems)
      if (problems.length > 0) throw new AppError('request_invalid', [], { detail: problems })
      const call = {
        // Parsed by the schemas above; without a schema there is nothing to read.
        params: params as z.output<P>,
        query: query as z.output<Q>,
        body: body as z.output<B>,
        request,
        // Not a getter: V8 keeps what each new getter can see, the whole request, until it collects all of its memory.
        signal: disconnectSignal(reply),
      }
      const answer = await handler(call, reply)
      // What was made is told by its answer.
      if (
        endpoint.audit !== undefined &&
        !request.audited?.objectId &&
        isObject(answer) &&
        typeof answer.id === 'string'
      ) {
        noteAudit(request, { objectId: answer.id })
      }
      if (answer === reply || reply.sent) return reply
      reply.code(reply.statusCode === 200 ? status : reply.statusCode)
      if (answer === undefined) return reply.send()
      return sendJson(reply, answer instanceof RawJson ? answer.text : JSON.stringify(answer))
    },
  })
}

function read(schema: z.ZodType | undefined, value: unknown, source: Source, problems: ValidationItem[]): unknown {
  if (!schema) return undefined
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  problems.push(...validationItems(parsed.error, source, value))
  return undefined
}

/** Content types are no obstacle to JSON; forms and uploads must say what they are. */
function checkBodyHeaders({ headers }: FastifyRequest, { bodyType }: Pick<Endpoint, 'bodyType'>): void {
  const encoding = headers['content-encoding']
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new AppError('unsupported_encoding', [encoding.slice(0, 100)])
  }
  const type = headers['content-type']
  if (type === undefined) return
  if (bodyType === undefined || bodyType === 'json') headers['content-type'] = 'application/json'
  else if (!type.toLowerCase().startsWith(FORM_TYPES[bodyType])) {
    throw new AppError('unsupported_media_type', [type.slice(0, 100), FORM_TYPES[bodyType]])
  }
}

const FORM_TYPES = { form: 'application/x-www-form-urlencoded', multipart: 'multipart/form-data' } as const

function readBody(request: FastifyRequest, { bodyType }: Pick<Endpoint, 'bodyType'>, depth: number): unknown {
  const { body } = request
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
  if (bodyType === 'form') return Object.fromEntries(new URLSearchParams(bytes.toString('utf8')))
  return bytes.length === 0 ? undefined : parseJsonBody(bytes, depth)
}

/** Names of parameters that are lists; any other keeps its last value when it is repeated. */
function listParameters(schema: z.ZodType | undefined): ReadonlySet<string> {
  const shape = schema && 'shape' in schema ? (schema.shape as Readonly<Record<string, z.ZodType>>) : {}
  return new Set(Object.keys(shape).filter((name) => isList(shape[name])))
}

/** A list, or one that may be left out. */
function isList(schema: z.ZodType | undefined): boolean {
  if (schema?.def.type === 'array') return true
  const inner = schema && 'innerType' in schema.def ? schema.def.innerType : undefined
  // Optional and default schemas hold the schema they wrap.
  return inner !== undefined && isList(inner as z.ZodType)
}

function lastOfEach(query: unknown, lists: ReadonlySet<string>): Record<string, unknown> {
  const one: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(query ?? {})) {
    if (name === '__proto__') continue
    one[name] = Array.isArray(value) === lists.has(name) ? value : Array.isArray(value) ? value.at(-1) : [value]
  }
  return one
}

function disconnectSignal(reply: FastifyReply): AbortSignal {
  const abort = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) abort.abort(new Error('The client has left'))
  })
  return abort.signal
}
