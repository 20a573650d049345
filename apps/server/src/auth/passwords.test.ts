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

test('checking a user who does not exist takes as long as a wrong password', async () => {
  const stored = await hashPassword('correct horse')
  const time = async (hash: string | null) => {
    const start = performance.now()
    await isPasswordOf(hash, 'wrong password')
    return performance.now() - start
  }
  const wrong: number[] = []
  const unknown: number[] = []
  for (let round = 0; round < 4; round++) {
    wrong.push(await time(stored))
    unknown.push(await time(null))
  }
  // The fastest of several: other work on the machine only ever adds time.
  expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...wrong) / 3)
  expect(Math.min(...wrong)).toBeGreaterThan(20)
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
