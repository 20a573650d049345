import { expect, test } from 'vitest'
import { FRAME_BOUNDS, NOTE_BOUNDS, stepped } from './resize-node.ts'

test('a size is changed by steps, one side at a time, as far as it may', () => {
  const size = { width: 324, height: 200 }
  expect(stepped(size, 'wider', NOTE_BOUNDS)).toEqual({ width: 388, height: 200 })
  expect(stepped(size, 'taller', NOTE_BOUNDS)).toEqual({ width: 324, height: 264 })
  expect(stepped({ width: 990, height: 130 }, 'wider', NOTE_BOUNDS)).toEqual({ width: 1000, height: 130 })
  expect(stepped({ width: 990, height: 130 }, 'shorter', NOTE_BOUNDS)).toEqual({ width: 990, height: 120 })
  expect(stepped({ width: 210, height: 900 }, 'narrower', FRAME_BOUNDS)).toEqual({ width: 200, height: 900 })
})
