import { expect, test } from 'vitest'
import { createNodeSizes } from './node-sizes.ts'

test('who watches is called when a node turns out to be of another size, and no longer than wanted', () => {
  const sizes = createNodeSizes()
  let calls = 0
  const stop = sizes.watch(() => {
    calls++
  })
  sizes.measured('a', { width: 320, height: 200 })
  sizes.measured('a', { width: 320, height: 200 })
  expect(calls).toBe(1)
  sizes.measured('a', { width: 192, height: 46 })
  expect(calls).toBe(2)
  stop()
  sizes.measured('a', { width: 320, height: 200 })
  expect(calls).toBe(2)
})
