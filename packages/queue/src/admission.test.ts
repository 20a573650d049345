import { expect, test } from 'vitest'
import { createAdmission } from './admission.ts'

const refused = expect.objectContaining({ code: 'overloaded', retryAfterSeconds: 5 })
const asked = (flowId: string, userId: string, bytes = 1) => ({ flowId, userId, bytes })

test('a full queue refuses, and takes more once a run has left', () => {
  const admission = createAdmission({ runs: 4, bytes: 1000 })
  for (const one of ['a', 'b']) for (let at = 0; at < 2; at++) admission.enter(asked(one, `user of ${one}`))
  expect(() => admission.check(1)).toThrow(refused)
  expect(() => admission.enter(asked('c', 'cy'))).toThrow(refused)
  admission.leave(asked('a', 'user of a'))
  expect(admission.depth()).toBe(3)
  admission.enter(asked('c', 'cy'))
})

test('payloads fill the queue as runs do; a single one always fits', () => {
  const admission = createAdmission({ runs: 100, bytes: 10 })
  admission.enter(asked('a', 'ada', 50))
  expect(() => admission.check(1)).toThrow(refused)
  admission.leave(asked('a', 'ada', 50))
  admission.enter(asked('a', 'ada', 5))
  expect(() => admission.check(6)).toThrow(refused)
  admission.check(5)
})

test('no flow and no user takes more than half', () => {
  const admission = createAdmission({ runs: 6, bytes: 1000 })
  for (const one of ['a', 'a', 'b']) admission.enter(asked(one, 'ada'))
  expect(() => admission.enter(asked('c', 'ada'))).toThrow('Too many runs of this user wait')
  const other = createAdmission({ runs: 6, bytes: 1000 })
  for (const user of ['ada', 'bob', 'cy']) other.enter(asked('a', user))
  expect(() => other.enter(asked('a', 'dan'))).toThrow('Too many runs of this flow wait')
})

test('it starts from what is stored, unless something came in meanwhile', async () => {
  const admission = createAdmission({ runs: 4, bytes: 1000 })
  admission.enter(asked('a', 'ada'))
  const stored = [{ flowId: 'b', userId: 'bob', runs: 4, bytes: 8 }]
  const late = admission.reset(async () => {
    admission.enter(asked('a', 'ada'))
    return stored
  })
  expect(await late).toBe(false)
  expect(admission.depth()).toBe(2)
  expect(await admission.reset(async () => stored)).toBe(true)
  expect(admission.depth()).toBe(4)
  expect(() => admission.check(0)).toThrow(refused)
})
