import { type ActionId, actionIds, DEFAULT_KEYS, type Keys } from '../../editor/actions/shortcuts.ts'

/** The keys that are not as they come: what is remembered. */
export function changedKeys(keys: Keys): Partial<Keys> {
  const changed = actionIds.filter((id) => keys[id].join(' ') !== DEFAULT_KEYS[id].join(' '))
  return Object.fromEntries(changed.map((id) => [id, keys[id]]))
}

/** The keys with one action on another key, and on that alone. */
export const withKey = (keys: Keys, id: ActionId, key: string): Keys => ({ ...keys, [id]: [key] })
