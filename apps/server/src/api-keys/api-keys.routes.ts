import {
  createApiKey,
  deleteApiKey,
  type KeyLimitsBody,
  listApiKeys,
  rotateApiKey,
  updateApiKey,
} from '@runnel/protocol/api-keys'
import { AppError } from '@runnel/protocol/errors'
import type { ApiKeyRecord } from '@runnel/storage/records'
import type { FastifyInstance } from 'fastify'
import { isoMicroseconds, parseDate } from '../http/dates.ts'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { changedLimits, shownLimits } from './key-limits-wire.ts'
import { newApiKey, newSecret } from './new-api-key.ts'

const KEY_CHARACTERS = 46

/** API keys of the caller. The key itself is in one answer only: that of its making, or of a new secret. */
export function apiKeysRoutes(app: FastifyInstance, { storage, now }: Pick<Services, 'storage' | 'now'>): void {
  /** @throws AppError `invalid_field` */
  async function limitsOf(userId: string, before: ApiKeyRecord['limits'], body: KeyLimitsBody) {
    const limits = changedLimits(before, body)
    for (const id of body.flow_ids ?? []) {
      if ((await storage.flows.find(userId, id))?.id !== id) throw new AppError('invalid_field', [`No flow ${id}`])
    }
    for (const id of body.project_ids ?? []) {
      if (!(await storage.projects.find(userId, id))) throw new AppError('invalid_field', [`No project ${id}`])
    }
    return limits
  }

  /** A key does not get out of its limits by making another, or by changing itself. @throws AppError `key_scope` */
  function checkUnlimited(key: ApiKeyRecord | null): void {
    if (key?.limits) throw new AppError('key_scope', ['a key with limits makes and changes no keys'])
  }

  implement(app, listApiKeys, async ({ user }) => {
    const keys = await storage.apiKeys.list(user.id)
    return { total_count: keys.length, user_id: user.id, api_keys: keys.map((key) => toRead(key)) }
  })

  implement(app, createApiKey, async ({ body, user, key: caller }) => {
    checkUnlimited(caller)
    const { text, record } = newApiKey({
      userId: user.id,
      name: body.name ?? null,
      now: now(),
      expiresAt: body.expires_at ? expiryOf(body.expires_at) : null,
      limits: await limitsOf(user.id, null, body),
    })
    const key = await storage.apiKeys.add(record)
    return toRead(key, text)
  })

  implement(app, updateApiKey, async ({ params, body, user, key: caller }) => {
    checkUnlimited(caller)
    const before = await storage.apiKeys.find(user.id, params.api_key_id)
    if (!before) throw new AppError('api_key_not_found')
    const { name, is_active: isActive, expires_at: expiresAt } = body
    const key = await storage.apiKeys.update(user.id, params.api_key_id, {
      limits: await limitsOf(user.id, before.limits, body),
      ...(name !== undefined && { name }),
      ...(isActive !== undefined && { isActive }),
      ...(expiresAt !== undefined && { expiresAt: expiresAt === null ? null : expiryOf(expiresAt) }),
    })
    if (!key) throw new AppError('api_key_not_found')
    return toRead(key)
  })

  implement(app, rotateApiKey, async ({ params, user, key: caller }) => {
    checkUnlimited(caller)
    const { text, ...secret } = newSecret()
    const key = await storage.apiKeys.update(user.id, params.api_key_id, secret)
    if (!key) throw new AppError('api_key_not_found')
    return toRead(key, text)
  })

  implement(app, deleteApiKey, async ({ params, user }) => {
    if (!(await storage.apiKeys.remove(user.id, params.api_key_id))) throw new AppError('api_key_not_found')
    return { detail: 'API Key deleted' }
  })
}

function expiryOf(text: string): number {
  const time = parseDate(text)
  if (time === undefined) throw new AppError('invalid_field', [`expires_at is not a date: ${text.slice(0, 50)}`])
  return time
}

const toRead = (key: ApiKeyRecord, text?: string) => ({
  name: key.name,
  last_used_at: key.lastUsedAt === null ? null : isoMicroseconds(key.lastUsedAt),
  total_uses: key.totalUses,
  is_active: key.isActive,
  expires_at: key.expiresAt === null ? null : isoMicroseconds(key.expiresAt),
  id: key.id,
  api_key: text ?? key.prefix.padEnd(KEY_CHARACTERS, '*'),
  last_four: key.lastFour,
  user_id: key.userId,
  created_at: isoMicroseconds(key.createdAt),
  ...shownLimits(key.limits),
})
