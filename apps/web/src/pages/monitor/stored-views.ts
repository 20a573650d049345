import { isObject } from '@runnel/protocol/json'

/** What a list shows, under a name. */
export interface SavedView {
  readonly name: string
  readonly state: Readonly<Record<string, string>>
}

/** Reads what a browser keeps; what is none of ours is left out. */
export function readViews(text: string | null): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]')
    return (Array.isArray(stored) ? stored : []).flatMap((view) =>
      isObject(view) && typeof view.name === 'string' && isObject(view.state)
        ? [{ name: view.name, state: textsOf(view.state) }]
        : [],
    )
  } catch {
    return []
  }
}

const textsOf = (state: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(state).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))
