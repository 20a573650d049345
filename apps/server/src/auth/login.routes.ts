import { AppError } from '@runnel/protocol/errors'
import { autoLogin, login, logout, readSession, refresh, type TokenAnswer } from '@runnel/protocol/login'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { noteAudit } from '../audit/audit-trail.ts'
import { type CookieOptions, readCookie, writeCookie } from '../http/cookies.ts'
import { implementOpen } from '../http/implement.ts'
import { isOwnOrigin } from '../http/origin.ts'
import type { Services } from '../services.ts'
import { toUserRead } from '../users/user-wire.ts'
import { ACCESS_COOKIE } from './authenticator.ts'
import type { Tokens } from './login-service.ts'

const REFRESH_COOKIE = 'refresh_token_lf'

type Needed = Pick<Services, 'authenticator' | 'logins' | 'config'>

/** Login, the local login, refresh, logout and the session. */
export function loginRoutes(app: FastifyInstance, { authenticator, logins, config }: Needed): void {
  const cookie = (request: FastifyRequest, name: string, value: string, maxAgeSeconds?: number): string => {
    const options: CookieOptions = {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      domain: config.cookieDomain,
      ...(maxAgeSeconds !== undefined && { maxAgeSeconds }),
    }
    return writeCookie(name, value, options)
  }

  function answer(request: FastifyRequest, reply: FastifyReply, { access, refresh }: Tokens): TokenAnswer {
    const cookies = [cookie(request, ACCESS_COOKIE, access, refresh ? config.accessTokenSeconds : undefined)]
    if (refresh) cookies.push(cookie(request, REFRESH_COOKIE, refresh, config.refreshTokenSeconds))
    reply.header('set-cookie', cookies)
    return { access_token: access, refresh_token: refresh, token_type: 'bearer' }
  }

  const refuseOtherSites = ({ headers, host }: FastifyRequest) => {
    if (!isOwnOrigin(headers, host)) throw new AppError('cross_site')
  }

  implementOpen(app, login, async ({ body, request }, reply) => {
    refuseOtherSites(request)
    noteAudit(request, { actor: body.username })
    return answer(request, reply, await logins.login(body.username, body.password, request.ip))
  })

  implementOpen(app, autoLogin, async ({ request }, reply) => {
    if (!config.autoLogin) {
      const message = 'Auto login is disabled. Please enable it in the settings'
      throw new AppError('auto_login_disabled', [], { detail: { message, auto_login: false } })
    }
    if (!authenticator.mayAutoLogin(request)) throw new AppError('auto_login_key_required')
    return answer(request, reply, await logins.loginWithoutPassword(await authenticator.localUser()))
  })

  implementOpen(app, refresh, async ({ request }, reply) => {
    refuseOtherSites(request)
    return answer(request, reply, await logins.refresh(readCookie(request.headers.cookie, REFRESH_COOKIE)))
  })

  implementOpen(app, logout, async ({ request }, reply) => {
    refuseOtherSites(request)
    await logins.logout(readCookie(request.headers.cookie, REFRESH_COOKIE))
    reply.header('set-cookie', [cookie(request, ACCESS_COOKIE, '', 0), cookie(request, REFRESH_COOKIE, '', 0)])
    return { message: 'Logout successful' }
  })

  implementOpen(app, readSession, async ({ request }) => {
    try {
      const { user } = await authenticator.identify(request)
      return { authenticated: true, user: toUserRead(user), store_api_key: null }
    } catch (error) {
      // Not being signed in is an answer here.
      if (error instanceof AppError) return { authenticated: false, user: null, store_api_key: null }
      throw error
    }
  })
}
