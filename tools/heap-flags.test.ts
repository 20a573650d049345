import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HEAP_FLAGS } from '../bin/heap-flags.mjs'

test('npm start and the command keep memory alike', () => {
  const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'))
  expect(scripts.start).toBe(`exec node ${HEAP_FLAGS.join(' ')} -- apps/cli/dist/main.mjs run`)
})
