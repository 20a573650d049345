import { expect, test } from 'vitest'
import { conflictsOf, DEFAULT_KEYS, PRESETS, printPressed } from './shortcuts.ts'

const press = (key: string, more: Partial<Parameters<typeof printPressed>[0]> = {}) =>
  printPressed({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

test('names a pressed key with what is held down', () => {
  expect(press('F', { ctrlKey: true, shiftKey: true })).toBe('mod+shift+f')
  expect(press('k', { metaKey: true })).toBe('mod+k')
  expect(press('?', { shiftKey: true })).toBe('?')
  expect(press(' ')).toBe('space')
  expect(press('ArrowRight', { altKey: true })).toBe('alt+arrowright')
})

test.each(Object.entries(PRESETS))('no two actions of the preset %s share a key', (_, preset) => {
  expect(conflictsOf({ ...DEFAULT_KEYS, ...preset })).toEqual(new Map())
})

test('tells which actions share a key', () => {
  expect(conflictsOf({ ...DEFAULT_KEYS, note: ['a'] })).toEqual(new Map([['a', ['quick-add', 'note']]]))
})
