import { speakPreferred } from '../i18n/i18n.ts'
import { applyDensity } from './density.ts'
import { applyTheme } from './theme.ts'

/** Takes over how another tab of this browser was told to look and to speak. */
export function followOtherTabs(): void {
  addEventListener('storage', () => {
    applyTheme()
    applyDensity()
    void speakPreferred()
  })
}
