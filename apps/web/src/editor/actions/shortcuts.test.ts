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

test('names a key by its place where what it writes is no Latin sign', () => {
  expect(press('ˇ', { code: 'KeyT', altKey: true, shiftKey: true })).toBe('shift+alt+t')
  expect(press('ß', { code: 'KeyS', altKey: true, metaKey: true })).toBe('mod+alt+s')
  expect(press('я', { code: 'KeyZ', ctrlKey: true })).toBe('mod+z')
})

test('takes what AltGr writes for a sign', () => {
  expect(press('ś', { code: 'KeyS', ctrlKey: true, altKey: true })).toBe('ś')
  expect(press('@', { code: 'KeyQ', ctrlKey: true, altKey: true })).toBe('@')
})

test.each(Object.entries(PRESETS))('no two actions of the preset %s share a key', (_, preset) => {
  expect(conflictsOf({ ...DEFAULT_KEYS, ...preset })).toEqual(new Map())
})

test('tells which actions share a key', () => {
  expect(conflictsOf({ ...DEFAULT_KEYS, note: ['a'] })).toEqual(new Map([['a', ['quick-add', 'note']]]))
})
