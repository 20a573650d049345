import { newId } from '@runnel/protocol/id'
import type { ApiKeyRecord } from '@runnel/storage/records'
import { hashApiKey, makeApiKey } from '../auth/secrets.ts'

/** Characters of a key that lists show. */
const SHOWN_CHARACTERS = 8

/** A key, and the record to store of it, which does not hold the key. `now` is epoch milliseconds. */
export function newApiKey(
  given: Pick<ApiKeyRecord, 'userId' | 'name'> & { readonly now: number; readonly expiresAt?: number | null },
): { readonly text: string; readonly record: ApiKeyRecord } {
  const { userId, name, now, expiresAt = null } = given
  const text = makeApiKey()
  const record = {
    id: newId(),
    userId,
    name,
    hash: hashApiKey(text),
    prefix: text.slice(0, SHOWN_CHARACTERS),
    isActive: true,
    totalUses: 0,
    createdAt: now,
    lastUsedAt: null,
    expiresAt,
  }
  return { text, record }
}
