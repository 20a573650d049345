import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { spareMemory } from './spare-memory.ts'

test('what nobody holds is gone, and the function that collects it is shown to nobody', async () => {
  const left = new WeakRef({ of: 'a start' })
  // In the turn that made it, a weak reference holds what it refers to.
  await turn()
  spareMemory()
  expect(left.deref()).toBeUndefined()
  expect(globalThis.gc).toBeUndefined()
})
