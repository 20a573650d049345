import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { AppError } from '@runnel/protocol/errors'

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt)

/** About 80 ms and 32 MB on one core, in a thread of the pool. */
const COST = { N: 32_768, r: 8, p: 1 } as const
const KEY_BYTES = 32
const MAX_MEMORY = 64 * 1024 * 1024

const MIN_CHARACTERS = 8
const MAX_CHARACTERS = 128
/** Passwords earlier servers of this kind were shipped with. */
const SHIPPED = new Set(['langflow', 'admin', 'password', '12345678'])

/** The stored form of a password: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await derive(password.normalize(), salt, KEY_BYTES, { ...COST, maxmem: MAX_MEMORY })
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

/** Takes the same time whether there is such a user, such a password, or neither. */
export async function isPasswordOf(stored: string | null, password: string): Promise<boolean> {
  const [kind, N, r, p, salt, hash] = (stored ?? '').split('$')
  const usable = kind === 'scrypt' && salt !== undefined && hash !== undefined
  const cost = usable ? { N: Number(N), r: Number(r), p: Number(p) } : COST
  const expected = usable ? Buffer.from(hash, 'base64url') : Buffer.alloc(KEY_BYTES)
  const salted = usable ? Buffer.from(salt, 'base64url') : Buffer.alloc(16)
  const text = password.slice(0, MAX_CHARACTERS * 4).normalize()
  const given = await derive(text, salted, expected.length, { ...cost, maxmem: MAX_MEMORY })
  return timingSafeEqual(given, expected) && usable
}

/** @throws AppError `password_length`, or `password_common` for a password known to everyone */
export function checkPassword(password: string, username: string): void {
  const { length } = Array.from(password)
  if (length < MIN_CHARACTERS || length > MAX_CHARACTERS) {
    throw new AppError('password_length', [String(MIN_CHARACTERS), String(MAX_CHARACTERS)])
  }
  if (SHIPPED.has(password.toLowerCase()) || password.toLowerCase() === username.toLowerCase()) {
    throw new AppError('password_common')
  }
}
