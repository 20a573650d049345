import { expect, test } from 'vitest'
import { isWheel } from './use-scroll-pan.ts'

test.each([
  ['a notch of a wheel', { deltaX: 0, deltaY: 100, deltaMode: 0, wheelDeltaY: -120 }, true],
  ['three lines', { deltaX: 0, deltaY: 3, deltaMode: 1, wheelDeltaY: -72 }, true],
  ['two fingers, slowly', { deltaX: 0, deltaY: 4, deltaMode: 0, wheelDeltaY: -12 }, false],
  ['two fingers, sideways', { deltaX: -8, deltaY: 0, deltaMode: 0, wheelDeltaY: 0 }, false],
  ['two fingers on a dense screen', { deltaX: 0, deltaY: 1.5, deltaMode: 0, wheelDeltaY: -120 }, false],
] as const)('%s', (_, event, expected) => {
  expect(isWheel(event)).toBe(expected)
})
