import { create } from 'zustand'

export type Theme = 'light' | 'dark' | 'contrast' | 'system'
type Shown = Exclude<Theme, 'system'>

const STORED = 'runnel.theme'
const darkSystem = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)')
const contrastSystem = (): MediaQueryList => matchMedia('(prefers-contrast: more)')
const THEMES: readonly unknown[] = ['light', 'dark', 'contrast', 'system'] satisfies readonly Theme[]
const isTheme = (value: unknown): value is Theme => THEMES.includes(value)

const stored = (): Theme => {
  const value = localStorage.getItem(STORED)
  return isTheme(value) ? value : 'system'
}

/** `system` resolved. */
const shownOf = (theme: Theme): Shown =>
  theme !== 'system' ? theme : contrastSystem().matches ? 'contrast' : darkSystem().matches ? 'dark' : 'light'

interface ThemeState {
  readonly theme: Theme
  /** What is shown: `system` resolved. */
  readonly shown: Shown
}

export const useTheme = create<ThemeState>(() => ({ theme: stored(), shown: shownOf(stored()) }))

/** Shows a theme and remembers it. `first-script.ts` does the same before the first paint. */
export function setTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme)
  show(theme)
}

function show(theme: Theme): void {
  const shown = shownOf(theme)
  document.documentElement.dataset.theme = shown
  useTheme.setState({ theme, shown })
}

/** Shows the theme that is remembered. */
export const applyTheme = (): void => show(stored())

/** Follows the system while the user has not chosen. */
export function followSystemTheme(): void {
  for (const system of [darkSystem(), contrastSystem()]) {
    system.addEventListener('change', () => {
      if (useTheme.getState().theme === 'system') show('system')
    })
  }
}
