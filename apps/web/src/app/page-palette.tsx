import { Search } from 'lucide-react'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { printKeys, printPressed, useKeys } from '../editor/actions/shortcuts.ts'
import { lazily } from '../ui/lazily.ts'

const Places = lazily(async () => (await import('./places-dialog.tsx')).PlacesDialog)

/** The way to everything by its name, from every page; the editor has a palette of its own. */
export function PagePalette(): ReactNode {
  const { t } = useTranslation('common')
  const [isOpen, setOpen] = useState(false)
  const keys = useKeys(({ palette }) => palette)
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!keys.includes(printPressed(event))) return
      event.preventDefault()
      setOpen((before) => !before)
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [keys])
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        data-testid="open-palette"
        className="ml-auto flex h-8 w-64 max-w-full items-center gap-2 rounded-md border border-border bg-surface-muted px-2.5 text-sm text-text-muted hover:bg-surface-hover"
      >
        <Search size={14} className="shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">{t('palette.open')}</span>
        <kbd className="shrink-0 font-sans text-xs max-sm:hidden">{printKeys(keys[0])}</kbd>
      </button>
      {isOpen ? (
        <Suspense fallback={null}>
          <Places onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
