import { expect, test } from 'vitest'
import { stalePages } from './docs.ts'

test('the reference on disk is the one npm run docs writes', async () => {
  expect(await stalePages()).toEqual([])
})
