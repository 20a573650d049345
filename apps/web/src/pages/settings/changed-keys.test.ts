import { expect, test } from 'vitest'
import { conflictsOf, DEFAULT_KEYS, PRESETS } from '../../editor/actions/shortcuts.ts'
import { changedKeys, presetOf, presets, withKey } from './changed-keys.ts'

test('only keys that differ from the usual ones are remembered', () => {
  expect(changedKeys(DEFAULT_KEYS)).toEqual({})
  expect(changedKeys(withKey(DEFAULT_KEYS, 'note', 'm'))).toEqual({ note: ['m'] })
  expect(changedKeys(withKey(withKey(DEFAULT_KEYS, 'note', 'm'), 'note', 'n'))).toEqual({})
})

test('a key two actions share is a conflict, and no set of keys has one', () => {
  expect(conflictsOf(withKey(DEFAULT_KEYS, 'note', 'mod+k')).get('mod+k')).toEqual(['palette', 'note'])
  for (const preset of Object.values(PRESETS)) expect(conflictsOf({ ...DEFAULT_KEYS, ...preset }).size).toBe(0)
})

test.each(presets)('keys that were begun from the set %s are known as that, until one is changed', (preset) => {
  const keys = { ...DEFAULT_KEYS, ...PRESETS[preset] }
  expect(presetOf(keys)).toBe(preset)
  expect(presetOf(withKey(keys, 'note', 'm'))).toBeUndefined()
})
