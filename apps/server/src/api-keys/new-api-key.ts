import { newId } from '@runnel/protocol/id'
import type { ApiKeyRecord } from '@runnel/storage/records'
import { hashApiKey, makeApiKey } from '../auth/secrets.ts'

/** Characters of a key that lists show: its first ones, and its last ones. */
const FIRST_CHARACTERS = 8
const LAST_CHARACTERS = 4

/** A key, and the record to store of it, which does not hold the key. `now` is epoch milliseconds. */
export function newApiKey(
  given: Pick<ApiKeyRecord, 'userId' | 'name'> &
    Partial<Pick<ApiKeyRecord, 'expiresAt' | 'limits'>> & { readonly now: number },
): { readonly text: string; readonly record: ApiKeyRecord } {
  const { userId, name, now, expiresAt = null, limits = null } = given
  const { text, ...kept } = newSecret()
  const record = {
    id: newId(),
    userId,
    name,
    ...kept,
    isActive: true,
    totalUses: 0,
    createdAt: now,
    lastUsedAt: null,
    expiresAt,
    limits,
  }
  return { text, record }
}

/** The text of a new key, and what is kept of it. */
export function newSecret(): { readonly text: string } & Pick<ApiKeyRecord, 'hash' | 'prefix' | 'lastFour'> {
  const text = makeApiKey()
  return {
    text,
    hash: hashApiKey(text),
    prefix: text.slice(0, FIRST_CHARACTERS),
    lastFour: text.slice(-LAST_CHARACTERS),
  }
}
