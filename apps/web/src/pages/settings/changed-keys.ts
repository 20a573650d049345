import { type ActionId, actionIds, DEFAULT_KEYS, type Keys, PRESETS } from '../../editor/actions/shortcuts.ts'

/** The keys that are not as they come: what is remembered. */
export function changedKeys(keys: Keys): Partial<Keys> {
  const changed = actionIds.filter((id) => keys[id].join(' ') !== DEFAULT_KEYS[id].join(' '))
  return Object.fromEntries(changed.map((id) => [id, keys[id]]))
}

/** The keys with one action on another key, and on that alone. */
export const withKey = (keys: Keys, id: ActionId, key: string): Keys => ({ ...keys, [id]: [key] })

/** The sets of keys one can begin from. */
export const presets = ['default', 'langflow', 'n8n'] as const satisfies readonly (keyof typeof PRESETS)[]

/** The set whose keys these are; undefined when they are the user's own. */
export function presetOf(keys: Keys): (typeof presets)[number] | undefined {
  const own = JSON.stringify(changedKeys(keys))
  return presets.find((name) => JSON.stringify(changedKeys({ ...DEFAULT_KEYS, ...PRESETS[name] })) === own)
}
