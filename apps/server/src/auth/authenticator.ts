import type { Access } from '@runnel/protocol/endpoint'
import { AppError } from '@runnel/protocol/errors'
import type { Storage } from '@runnel/storage/open-storage'
import type { ApiKeyRecord, UserRecord } from '@runnel/storage/records'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { readCookie } from '../http/cookies.ts'
import { isFromThisMachine, isLoopbackAddress, isOwnOrigin } from '../http/origin.ts'
import { createKeyLimits } from './key-limits.ts'
import { hashApiKey, type Secrets } from './secrets.ts'
import type { TokenSigner } from './tokens.ts'

/** The cookie with the access token of a browser. */
export const ACCESS_COOKIE = 'access_token_lf'
const KEY_PREFIX = 'sk-'

/** Who calls, and what showed it. */
export interface Identity {
  readonly user: UserRecord
  readonly by: 'token' | 'key' | 'cookie' | 'local'
  /** The key it was. */
  readonly key?: ApiKeyRecord
}

export interface AuthenticatorOptions {
  readonly storage: Pick<Storage, 'users' | 'apiKeys' | 'publications'>
  readonly config: Pick<
    Config,
    | 'autoLogin'
    | 'skipAuthAutoLogin'
    | 'allowInsecureAutoLogin'
    | 'host'
    | 'superuser'
    | 'apiKeyInQuery'
    | 'disableKeyTracking'
  >
  readonly signer: TokenSigner
  readonly secrets: Pick<Secrets, 'mark'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export type Authenticator = ReturnType<typeof createAuthenticator>

/** Finds out who calls: Bearer token, API key, cookie, or the local user. */
export function createAuthenticator({ storage, config, signer, secrets, now }: AuthenticatorOptions) {
  const limits = createKeyLimits({ storage })

  async function userOfToken(token: string): Promise<UserRecord> {
    const claims = signer.verify(token, 'access')
    const user = await storage.users.find(claims.sub)
    if (!user?.isActive) throw new AppError('user_inactive')
    if (claims.pwd !== passwordMark(user, secrets) || (claims.auto && !config.autoLogin)) {
      throw new AppError('credentials_invalid')
    }
    return user
  }

  async function ofKey(key: string, request: FastifyRequest): Promise<Required<Identity>> {
    const found = await storage.apiKeys.findByHash(hashApiKey(key))
    const isUsable =
      found?.key.isActive && found.user.isActive && (found.key.expiresAt === null || found.key.expiresAt > now())
    if (!found || !isUsable) throw new AppError('key_invalid')
    if (found.key.limits) await limits.check(found.key, request)
    if (!config.disableKeyTracking) storage.apiKeys.countUse(found.key.id, now())
    return { user: found.user, by: 'key', key: found.key }
  }

  const identify = (request: FastifyRequest): Promise<Identity> =>
    identifyBy(bearerOf(request.headers.authorization), request)

  async function identifyBy(bearer: string | undefined, request: FastifyRequest): Promise<Identity> {
    const { headers } = request
    if (bearer !== undefined) return { user: await userOfToken(bearer), by: 'token' }
    const key = apiKeyOf(request, config.apiKeyInQuery)
    if (key !== undefined) return ofKey(key, request)
    const cookie = readCookie(headers.cookie, ACCESS_COOKIE)
    if (cookie) {
      if (!isOwnOrigin(headers, request.host)) throw new AppError('cross_site')
      return { user: await userOfToken(cookie), by: 'cookie' }
    }
    if (!config.autoLogin) throw new AppError('key_required')
    const isServedKeyless = config.skipAuthAutoLogin ?? isLoopbackAddress(config.host)
    if (!isServedKeyless || !mayAutoLogin(request)) throw new AppError('auto_login_key_required')
    return { user: await localUser(), by: 'local' }
  }

  async function localUser(): Promise<UserRecord> {
    const user = await storage.users.findByName(config.superuser)
    if (!user?.isActive) throw new AppError('key_required')
    return user
  }

  /** Auto login is on, and the request was made on this machine, by a program or by one of our own pages. */
  function mayAutoLogin(request: FastifyRequest): boolean {
    const { headers } = request
    if (!config.autoLogin || !isOwnOrigin(headers, headers.host ?? '')) return false
    if (config.allowInsecureAutoLogin && !isLoopbackAddress(config.host)) return true
    return isFromThisMachine(request)
  }

  /** A key, which may also stand in place of a token. */
  function keyOf(request: FastifyRequest): string | undefined {
    const bearer = bearerOf(request.headers.authorization)
    return apiKeyOf(request, config.apiKeyInQuery) ?? (bearer?.startsWith(KEY_PREFIX) ? bearer : undefined)
  }

  async function openAiCaller(request: FastifyRequest): Promise<Identity> {
    const key = keyOf(request)
    if (key !== undefined) return ofKey(key, request)
    const bearer = bearerOf(request.headers.authorization)
    // OpenAI's clients do not go without a key: any word is sent to a server that asks for none.
    return identifyBy(bearer?.split('.').length === 3 ? bearer : undefined, request)
  }

  async function mcpCaller(request: FastifyRequest): Promise<Identity> {
    try {
      return await identify(request)
    } catch (error) {
      if (showsNothing(error) && mayAutoLogin(request)) return { user: await localUser(), by: 'local' }
      throw error
    }
  }

  return {
    /** @throws AppError 401 or 403 */
    identify,
    /** By key alone, which may also stand in place of a token. @throws AppError 401 or 403 */
    async identifyKey(request: FastifyRequest): Promise<Required<Identity>> {
      const key = keyOf(request)
      if (key === undefined) throw new AppError('key_required')
      return ofKey(key, request)
    },
    mayAutoLogin,
    localUser,
    /** As the local user too where that is allowed, whatever the settings of other endpoints. @throws AppError 401 or 403 */
    identifyMcp: mcpCaller,
    /** @throws AppError 401 or 403 */
    async authenticate(request: FastifyRequest, access: Exclude<Access, 'mcp-project'>): Promise<Identity> {
      if (access === 'mcp') return mcpCaller(request)
      if (access === 'openai') return openAiCaller(request)
      const identity = await identify(request)
      if (access === 'superuser' && !identity.user.isSuperuser) throw new AppError('not_superuser')
      return identity
    },
  }
}

/** Whether a request was refused because it shows no credentials at all. */
export const showsNothing = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'key_required' || error.code === 'auto_login_key_required')

/** Changes with the password: tokens that carry the mark of an older one are refused. */
export const passwordMark = (user: Pick<UserRecord, 'id' | 'passwordHash'>, secrets: Pick<Secrets, 'mark'>): string =>
  secrets.mark(`${user.id}:${user.passwordHash ?? ''}`)

/** The token of an `Authorization` header. Another scheme, Basic say, is none of ours: it counts as absent. */
export function bearerOf(authorization: string | undefined): string | undefined {
  const [scheme, token] = authorization?.split(' ') ?? []
  return scheme?.toLowerCase() === 'bearer' ? (token ?? '') : undefined
}

function apiKeyOf({ headers, query }: FastifyRequest, inQuery: boolean): string | undefined {
  const header = headers['x-api-key']
  const asked = inQuery ? Reflect.get(Object(query), 'x-api-key') : undefined
  const sent = [header, asked].flat().filter((key) => typeof key === 'string' && key !== '')
  const [key] = sent
  if (sent.some((other) => other !== key)) throw new AppError('keys_differ')
  return typeof key === 'string' ? key : undefined
}
