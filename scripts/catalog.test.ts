import { expect, test } from 'vitest'
import { isCatalogCurrent } from './catalog.ts'

test('the catalogue on disk is the one npm run catalog writes', async () => {
  expect(await isCatalogCurrent()).toBe(true)
})
