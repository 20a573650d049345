import { expect, test } from 'vitest'
import { createAttemptLimiter } from './attempt-limiter.ts'
import { checkPassword, hashPassword, isPasswordOf } from './passwords.ts'

test('a password is known by its hash, which tells nothing', async () => {
  const stored = await hashPassword('correct horse')
  expect(stored).toMatch(/^scrypt\$\d+\$8\$1\$/)
  expect(stored).not.toContain('horse')
  expect(await isPasswordOf(stored, 'correct horse')).toBe(true)
  expect(await isPasswordOf(stored, 'correct horsf')).toBe(false)
})

test('nobody has the empty password, and a user without a password has none', async () => {
  expect(await isPasswordOf(null, '')).toBe(false)
  expect(await isPasswordOf(null, 'anything')).toBe(false)
})

test('a stored password names its cost, which is that of scrypt with 32 MB or more', async () => {
  const [scheme, n, r] = (await hashPassword('correct horse')).split('$')
  expect(scheme).toBe('scrypt')
  expect(128 * Number(n) * Number(r)).toBeGreaterThanOrEqual(32 * 1024 * 1024)
})

test.each(['short', 'x'.repeat(129), 'langflow', 'Password', 'ada.lovelace'])('refuses the password %s', (password) => {
  expect(() => checkPassword(password, 'ada.lovelace')).toThrow('choose another one')
})

test('after so many attempts a key waits until the window has passed', () => {
  let now = 0
  const limiter = createAttemptLimiter({ limit: 2, windowMs: 60_000 }, () => now)
  limiter.record('ada')
  now = 10_000
  limiter.record('ada')
  expect(limiter.waitSeconds('ada')).toBe(50)
  expect(limiter.waitSeconds('bob')).toBeUndefined()
  now = 60_001
  expect(limiter.waitSeconds('ada')).toBeUndefined()
  limiter.record('ada')
  limiter.clear('ada')
  limiter.record('ada')
  expect(limiter.waitSeconds('ada')).toBeUndefined()
})
