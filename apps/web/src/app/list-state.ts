import { useNavigate, useRouterState } from '@tanstack/react-router'

/** Reads the part of an address behind `?`; every value is text. */
export const parseSearch = (text: string): Record<string, string> => Object.fromEntries(new URLSearchParams(text))

/** Writes it; what is undefined or empty is left out. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(search).flatMap(([name, value]) =>
    value === undefined || value === null || value === '' ? [] : [[name, String(value)]],
  )
  const text = new URLSearchParams(given).toString()
  return text === '' ? '' : `?${text}`
}

type Values = Readonly<Record<string, string>>

/** Whether Back is to undo a change. It leads out of a search, not through what was typed on the way. */
export const isStep = (before: Values, change: Readonly<Record<string, string | undefined>>): boolean =>
  Object.entries(change).some(
    ([name, value]) => value !== before[name] && !(name === 'q' && before.q !== '' && value !== ''),
  )

export interface ListStateOptions {
  /** Back leaves the page, whatever was chosen on it. */
  readonly isOneStep?: boolean
}

/**
 * What a list shows, kept in the address so that links can be shared and Back works. What is as in `defaults`
 * is left out of the address.
 */
export function useListState<State extends Values>(
  defaults: State,
  { isOneStep = false }: ListStateOptions = {},
): readonly [State, (change: Partial<State>) => void] {
  const navigate = useNavigate()
  const search: Readonly<Record<string, unknown>> = useRouterState({ select: ({ location }) => location.search })
  const read = Object.entries(defaults).map(([name, fallback]) => [
    name,
    typeof search[name] === 'string' ? search[name] : fallback,
  ])
  // Exactly the keys of `defaults`, each a text.
  const state = Object.fromEntries(read) as State
  const change = (wanted: Partial<State>): void => {
    const next = Object.entries({ ...search, ...wanted }).map(([name, value]) => [
      name,
      value === defaults[name] ? undefined : value,
    ])
    void navigate({ to: '.', search: Object.fromEntries(next), replace: isOneStep || !isStep(state, wanted) })
  }
  return [state, change]
}
