const STORED = 'runnel.recent-models'
const MOST = 3

/** The models that were chosen last, newest first, as `keyOf` names them. */
export function recentModels(shelf: Pick<Storage, 'getItem'> = localStorage): readonly string[] {
  try {
    const value: unknown = JSON.parse(shelf.getItem(STORED) ?? '[]')
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string').slice(0, MOST) : []
  } catch {
    return []
  }
}

/** To be called when a model was chosen. */
export function rememberModel(key: string, shelf: Pick<Storage, 'getItem' | 'setItem'> = localStorage): void {
  const others = recentModels(shelf).filter((one) => one !== key)
  shelf.setItem(STORED, JSON.stringify([key, ...others].slice(0, MOST)))
}
