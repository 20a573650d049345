import { create } from 'zustand'

/** What can be done by a key, and the key it has unless the user chose another. */
export const DEFAULT_KEYS = {
  palette: ['mod+k'],
  playground: ['mod+shift+enter'],
  run: ['mod+enter'],
  'run-to-selected': ['p'],
  'inspect-output': ['o'],
  controls: ['mod+shift+a'],
  inspector: ['i'],
  code: ['space'],
  'search-components': ['/'],
  sidebar: ['mod+b'],
  minimise: ['mod+.'],
  'minimise-all': [],
  'expand-all': [],
  freeze: ['mod+shift+f'],
  disable: ['d'],
  'pass-through': [],
  'pin-output': ['shift+p'],
  'tool-mode': ['mod+shift+m'],
  update: ['mod+u'],
  'save-component': ['mod+alt+s'],
  'share-component': ['mod+shift+s'],
  'pin-position': [],
  docs: ['mod+shift+d'],
  save: ['mod+s'],
  versions: [],
  export: ['mod+j'],
  download: [],
  share: ['mod+shift+b'],
  api: ['r'],
  publish: [],
  undo: ['mod+z'],
  redo: ['mod+y', 'mod+shift+z'],
  copy: ['mod+c'],
  cut: ['mod+x'],
  paste: ['mod+v'],
  duplicate: ['mod+d'],
  delete: ['backspace', 'delete'],
  group: ['mod+g'],
  'select-all': ['mod+a'],
  'select-none': ['escape'],
  find: ['mod+f'],
  'quick-add': ['a'],
  note: ['n'],
  frame: ['f'],
  comment: ['c'],
  rename: ['f2'],
  tidy: ['shift+alt+t'],
  'zoom-in': ['mod+=', 'mod++'],
  'zoom-out': ['mod+-'],
  'zoom-100': ['mod+0'],
  'zoom-fit': ['mod+1'],
  'zoom-selection': ['mod+2'],
  'next-node': [']'],
  'previous-node': ['['],
  'follow-out': ['alt+arrowright'],
  'follow-in': ['alt+arrowleft'],
  outline: ['mod+shift+o'],
  shortcuts: ['?'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ActionId = keyof typeof DEFAULT_KEYS
export const actionIds = Object.keys(DEFAULT_KEYS) as readonly ActionId[]

export type Keys = Readonly<Record<ActionId, readonly string[]>>

/** Sets of keys to begin from: ours, and those users of Langflow and n8n have in their fingers. */
export const PRESETS: Readonly<Record<'default' | 'langflow' | 'n8n', Partial<Keys>>> = {
  default: {},
  langflow: { playground: ['mod+k'], palette: ['mod+shift+k'] },
  n8n: { note: ['shift+s'], 'pin-output': ['p'], 'run-to-selected': ['shift+p'] },
}

const STORED = 'runnel.shortcuts'

function storedKeys(): Partial<Keys> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(STORED) ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** The keys in force. */
export const useKeys = create<Keys>(() => ({ ...DEFAULT_KEYS, ...storedKeys() }))

/** Changes keys and remembers them. @param changed actions with other keys than the default; `{}` restores all */
export function setKeys(changed: Partial<Keys>): void {
  localStorage.setItem(STORED, JSON.stringify(changed))
  useKeys.setState({ ...DEFAULT_KEYS, ...changed })
}

/** Takes over the keys that are chosen in another tab of this browser. */
export const followKeys = (): void =>
  addEventListener('storage', ({ key }) => {
    if (key === STORED) useKeys.setState({ ...DEFAULT_KEYS, ...storedKeys() })
  })

/** Actions that share a key, by that key. */
export function conflictsOf(keys: Keys): ReadonlyMap<string, readonly ActionId[]> {
  const users = Map.groupBy(
    actionIds.flatMap((id) => keys[id].map((key) => ({ id, key }))),
    ({ key }) => key,
  )
  return new Map([...users].filter(([, list]) => list.length > 1).map(([key, list]) => [key, list.map(({ id }) => id)]))
}

export const isMac = (): boolean => /mac|iphone|ipad/i.test(navigator.platform)

interface Pressed {
  readonly key: string
  /** The key by where it lies on the keyboard: `KeyT`. */
  readonly code?: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** A pressed key as it is written in the table: `mod+shift+f`. `mod` is Cmd on macOS, Ctrl elsewhere. */
export function printPressed(event: Pressed): string {
  // What AltGr writes is a sign of its own, though Windows tells it as Ctrl and Alt.
  if (event.ctrlKey && event.altKey && isSign(event.key)) return event.key.toLowerCase()
  const key = keyOf(event)
  const parts = [
    event.metaKey || event.ctrlKey ? 'mod' : '',
    // A sign that needs Shift already says so: `?`, `+`.
    event.shiftKey && !isSign(key) ? 'shift' : '',
    event.altKey ? 'alt' : '',
    key,
  ]
  return parts.filter(Boolean).join('+')
}

const isSign = (key: string): boolean => key.length === 1 && !/[a-z0-9]/i.test(key) && key !== ' '

/** Which key it is. One that writes no Latin sign, with Alt on a Mac or on a Russian keyboard, is named by its place. */
function keyOf({ key, code }: Pressed): string {
  if (key === ' ') return 'space'
  const isForeign = key === 'Dead' || (key.length === 1 && key > '~')
  const place = isForeign ? /^(?:Key|Digit)(\w)$/.exec(code ?? '')?.[1] : undefined
  return (place ?? key).toLowerCase()
}

const SIGNS: Readonly<Record<string, string>> = {
  enter: '↵',
  backspace: '⌫',
  delete: 'Del',
  escape: 'Esc',
  space: 'Space',
  arrowright: '→',
  arrowleft: '←',
  arrowup: '↑',
  arrowdown: '↓',
}

/** Keys as they are printed for a person: `⌘⇧F`, or `Ctrl+Shift+F`. */
export function printKeys(keys: string | undefined): string | undefined {
  if (keys === undefined) return undefined
  const mac = isMac()
  const names: Readonly<Record<string, string>> = mac
    ? { mod: '⌘', shift: '⇧', alt: '⌥' }
    : { mod: 'Ctrl', shift: 'Shift', alt: 'Alt' }
  const parts = keys.endsWith('++') ? [...keys.slice(0, -2).split('+'), '+'] : keys.split('+')
  return parts.map((part) => names[part] ?? SIGNS[part] ?? part.toUpperCase()).join(mac ? '' : '+')
}
