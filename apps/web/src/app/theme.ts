import { create } from 'zustand'

export type Theme = 'light' | 'dark' | 'system'

const STORED = 'runnel.theme'
const darkSystem = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')
const isTheme = (value: unknown): value is Theme => value === 'light' || value === 'dark' || value === 'system'

const stored = (): Theme => {
  const value = localStorage.getItem(STORED)
  return isTheme(value) ? value : 'system'
}

const isDark = (theme: Theme): boolean => theme === 'dark' || (theme === 'system' && darkSystem().matches)

interface ThemeState {
  readonly theme: Theme
  /** What is shown: `system` resolved. */
  readonly shown: 'light' | 'dark'
}

export const useTheme = create<ThemeState>(() => ({ theme: stored(), shown: isDark(stored()) ? 'dark' : 'light' }))

/** Shows a theme and remembers it. `first-script.ts` does the same before the first paint. */
export function setTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme)
  show(theme)
}

function show(theme: Theme): void {
  const shown = isDark(theme) ? 'dark' : 'light'
  document.documentElement.dataset.theme = shown
  useTheme.setState({ theme, shown })
}

/** Follows the system while the user has not chosen. */
export function followSystemTheme(): void {
  darkSystem().addEventListener('change', () => {
    if (useTheme.getState().theme === 'system') show('system')
  })
}
