import type { z } from 'zod'
import type { ProjectRole, SharedThing } from './roles.ts'

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * Who may call: `none` needs no credentials, `user` a token, a key or the local user, `key` the same
 * for programs, `superuser` a user with that role; `mcp` is `user` with auto login for callers on this machine whatever
 * the settings of other endpoints, and `mcp-project` the same with the refusals that clients of a project's MCP server know;
 * `openai` is `key` for OpenAI's clients, which send their key as a Bearer token, and something there even without one.
 */
export type Access = 'none' | 'user' | 'key' | 'superuser' | 'mcp' | 'mcp-project' | 'openai'

export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: HttpMethod
  /** With `:name` for parameters. Both forms, with and without a slash at the end, are served. */
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly access: Access
  /** `run`: keys that may only run flows may call it too. Without it, only keys that may do everything. */
  readonly keyScope?: 'run'
  /**
   * The least role that may call it for a flow or project somebody else made, when that is shared with the caller.
   * Without it, others find nothing there. What is meant is found by the names that `SHARED_THINGS` lists, in the address
   * and at the top of the body.
   */
  readonly role?: ProjectRole
  /** What is meant by the ids, where the body is a list of them. */
  readonly roleOf?: SharedThing
  /** What calling it is, for the record of who did what: `api_key.create`. Not recorded unless given. */
  readonly audit?: string
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** How the body arrives; JSON unless said. A multipart or form body is read by the handler. */
  readonly bodyType?: 'json' | 'multipart' | 'form'
  /** The status of success; 200 unless said. */
  readonly status?: number
  readonly response: Response
  /** The media type of success; JSON unless said. */
  readonly responseType?: string
  /** One request body and one answer, for the OpenAPI document. */
  readonly examples?: { readonly body?: unknown; readonly response?: unknown }
  /** Other statuses this endpoint documents, with the sentence of each. */
  readonly errors?: Readonly<Record<number, string>>
}

/** Declares one endpoint: the server implements it, the client calls it, OpenAPI describes it. */
export function defineEndpoint<
  Params extends z.ZodType = z.ZodNever,
  Query extends z.ZodType = z.ZodNever,
  Body extends z.ZodType = z.ZodNever,
  Response extends z.ZodType = z.ZodType,
>(endpoint: Endpoint<Params, Query, Body, Response>): Endpoint<Params, Query, Body, Response> {
  return endpoint
}

/** The same for visitors of public flows, who have no role in any project. */
export function forVisitors<E extends Endpoint>({ role: _, roleOf: __, ...rest }: E): Omit<E, 'role' | 'roleOf'> {
  return rest
}

/** The status of success; undefined for an endpoint that only refuses. */
export const successStatus = ({ response, status }: Pick<Endpoint, 'response' | 'status'>): number | undefined =>
  status ?? (response.def.type === 'never' ? undefined : 200)
