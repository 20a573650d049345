import { AppError } from '@runnel/protocol/errors'
import type { UserRecord } from '@runnel/storage/records'
import type { FastifyRequest } from 'fastify'
import type { Authenticator } from '../auth/authenticator.ts'
import type { Config } from '../config.ts'
import { isLoopbackAddress } from '../http/origin.ts'

export interface WebhookCallersOptions {
  readonly config: Pick<Config, 'webhookAuthEnable' | 'host'>
  readonly authenticator: Pick<Authenticator, 'identify' | 'mayAutoLogin' | 'localUser'>
}

/**
 * Finds out whose webhooks a request may call: those of the user whose key it carries, and on
 * this machine, where no key is needed, those of the local user.
 */
export function createWebhookCallers({ config, authenticator }: WebhookCallersOptions) {
  const isKeyless = (request: FastifyRequest) =>
    !config.webhookAuthEnable && isLoopbackAddress(config.host) && authenticator.mayAutoLogin(request)

  return {
    /** Whoever may be meant, the likeliest first. @throws AppError 401 or 403 */
    async of(request: FastifyRequest): Promise<readonly UserRecord[]> {
      const identified = authenticator.identify(request)
      if (!isKeyless(request)) {
        const { user, by } = await identified.catch(explain)
        if (by === 'local') throw new AppError('webhook_key_required')
        return [user]
      }
      // A key that is no good is no obstacle where none is needed.
      const [caller, local] = await Promise.all([identified.catch(ignoreRefusal), authenticator.localUser()])
      return caller && caller.user.id !== local.id ? [caller.user, local] : [local]
    },
  }
}

function ignoreRefusal(error: unknown): undefined {
  if (error instanceof AppError && error.status < 500) return undefined
  throw error
}

function explain(error: unknown): never {
  const code = error instanceof AppError ? error.code : undefined
  if (code === 'key_required' || code === 'auto_login_key_required') throw new AppError('webhook_key_required')
  if (code === 'key_invalid') throw new AppError('webhook_key_invalid')
  throw error
}
