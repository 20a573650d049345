import { randomUUID } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'
import type { ProjectService } from '../projects/project-service.ts'
import type { VariableService } from '../variables/variable-service.ts'
import { createAttemptLimiter } from './attempt-limiter.ts'
import { passwordMark } from './authenticator.ts'
import { isPasswordOf } from './passwords.ts'
import type { Secrets } from './secrets.ts'
import type { TokenClaims, TokenSigner } from './tokens.ts'

export interface Tokens {
  readonly access: string
  readonly refresh: string | null
}

export interface LoginServiceOptions {
  readonly storage: Pick<Storage, 'users' | 'refreshTokens'>
  readonly config: Pick<Config, 'accessTokenSeconds' | 'refreshTokenSeconds'>
  readonly signer: TokenSigner
  readonly secrets: Pick<Secrets, 'mark'>
  readonly projects: Pick<ProjectService, 'defaultProject'>
  readonly variables: Pick<VariableService, 'keepFromEnvironment'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

export type LoginService = ReturnType<typeof createLoginService>

/** Failed logins of one user name from one address. */
const FAILURES = { limit: 10, windowMs: 60_000 }

/** Gives and takes tokens. Refresh tokens rotate: a used one that comes back ends its whole login (S9). */
export function createLoginService(options: LoginServiceOptions) {
  const { storage, config, signer, secrets, projects, variables, now } = options
  const failures = createAttemptLimiter(FAILURES, now)
  const seconds = () => Math.floor(now() / 1000)

  function accessToken(user: UserRecord, extra: Partial<TokenClaims> = {}): string {
    const iat = seconds()
    const exp = iat + config.accessTokenSeconds
    return signer.sign({ sub: user.id, type: 'access', iat, exp, pwd: passwordMark(user, secrets), ...extra })
  }

  async function tokensOf(user: UserRecord, familyId: string): Promise<Tokens> {
    const [iat, jti] = [seconds(), randomUUID()]
    const exp = iat + config.refreshTokenSeconds
    await storage.refreshTokens.add({ id: jti, familyId, userId: user.id, expiresAt: exp * 1000, usedAt: null })
    const pwd = passwordMark(user, secrets)
    const refresh = signer.sign({ sub: user.id, type: 'refresh', iat, exp, pwd, jti, fam: familyId })
    return { access: accessToken(user), refresh }
  }

  async function welcome(user: UserRecord): Promise<void> {
    await storage.users.update(user.id, { lastLoginAt: now() })
    await projects.defaultProject(user.id)
    await variables.keepFromEnvironment(user)
  }

  /** What a refresh token says, whoever holds it; undefined when it is none of ours or too old. */
  function claimsOf(token: string | undefined): TokenClaims | undefined {
    try {
      return token === undefined ? undefined : signer.verify(token, 'refresh')
    } catch (error) {
      if (error instanceof AppError) return undefined
      throw error
    }
  }

  return {
    /**
     * Tokens for a name and a password that belong together.
     * @throws AppError `login_failed`, `login_rate_limited`, `waiting_for_approval`, `account_inactive`
     */
    async login(username: string, password: string, address: string): Promise<Tokens> {
      const attempt = `${username.slice(0, 200).toLowerCase()} ${address}`
      const retryAfterSeconds = failures.waitSeconds(attempt)
      if (retryAfterSeconds !== undefined) throw new AppError('login_rate_limited', [], { retryAfterSeconds })
      // Counted before the slow check, so that many attempts at once do not all slip through.
      failures.record(attempt)
      const user = await storage.users.findByName(username)
      if (!(await isPasswordOf(user?.passwordHash ?? null, password)) || !user) throw new AppError('login_failed')
      failures.clear(attempt)
      if (!user.isActive) throw new AppError(user.lastLoginAt === null ? 'waiting_for_approval' : 'account_inactive')
      await welcome(user)
      await storage.refreshTokens.removeExpired(now())
      return tokensOf(user, randomUUID())
    },

    /** A token for the local user, who needs no password. */
    async loginWithoutPassword(user: UserRecord): Promise<Tokens> {
      await welcome(user)
      return { access: accessToken(user, { auto: true }), refresh: null }
    },

    /** @throws AppError `refresh_invalid` */
    async refresh(token: string | undefined): Promise<Tokens> {
      const claims = claimsOf(token)
      const stored = claims?.jti ? await storage.refreshTokens.find(claims.jti) : undefined
      if (!claims || !stored) throw new AppError('refresh_invalid')
      if (stored.usedAt !== null || !(await storage.refreshTokens.use(stored.id, now()))) {
        await storage.refreshTokens.removeFamily(stored.familyId)
        throw new AppError('refresh_invalid')
      }
      const user = await storage.users.find(stored.userId)
      if (!user?.isActive || claims.pwd !== passwordMark(user, secrets)) throw new AppError('refresh_invalid')
      return tokensOf(user, stored.familyId)
    },

    /** Ends the login a refresh token came from. */
    async logout(token: string | undefined): Promise<void> {
      const claims = claimsOf(token)
      if (claims?.fam) await storage.refreshTokens.removeFamily(claims.fam)
    },
  }
}
