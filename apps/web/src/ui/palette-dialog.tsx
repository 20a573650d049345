import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import { type ReactNode, Suspense } from 'react'
import { stayOnEscape } from './input.tsx'
import { useReturnFocus } from './use-return-focus.ts'

const ROW = 'flex h-9 items-center gap-2 rounded-sm px-2 text-sm data-[selected=true]:bg-surface-hover'
const HEADING =
  '[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-text-muted'

export interface PaletteDialogProps {
  readonly label: string
  readonly placeholder: string
  /** Said when nothing fits. */
  readonly nothing: string
  readonly search: string
  readonly onSearch: (search: string) => void
  readonly onClose: () => void
  /** `PaletteGroup`s of what fits the search; until they are there, nothing is said to be missing. */
  readonly children: ReactNode
}

/** A search box over the page, and below it what can be chosen by the arrows and Enter. */
export function PaletteDialog({
  label,
  placeholder,
  nothing,
  search,
  onSearch,
  onClose,
  children,
}: PaletteDialogProps): ReactNode {
  const giveFocusBack = useReturnFocus(true)
  return (
    <Dialog.Root open onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay data-veil="" className="fixed inset-0 z-40 bg-black/30" />
        <Dialog.Content
          aria-describedby={undefined}
          onCloseAutoFocus={giveFocusBack}
          onEscapeKeyDown={stayOnEscape}
          className="fixed top-[15vh] left-1/2 z-50 w-[min(560px,calc(100vw-32px))] -translate-x-1/2 overflow-hidden rounded-lg border border-border bg-surface shadow-3"
        >
          <Dialog.Title className="sr-only">{label}</Dialog.Title>
          {/* Its keys of vim are keys of ours: the one that opened it closes it. */}
          <Command label={label} shouldFilter={false} vimBindings={false}>
            <Command.Input
              value={search}
              onValueChange={onSearch}
              placeholder={placeholder}
              className="h-12 w-full border-border border-b bg-surface px-4 outline-none"
            />
            <Command.List className="max-h-[50vh] overflow-y-auto p-2">
              {/* What comes late is not missing; the box of the search stays, or what is being composed in it would be lost. */}
              <Suspense fallback={null}>
                <Command.Empty className="p-6 text-center text-sm text-text-muted">{nothing}</Command.Empty>
                {children}
              </Suspense>
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

/** What can be chosen, of one kind. Without entries it is not there. */
export interface PaletteEntry {
  /** Unique in the palette. */
  readonly id: string
  readonly name: string
  readonly icon?: ReactNode
  /** At its end: keys, or where it is. */
  readonly hint?: ReactNode
  readonly onSelect: () => void
}

export interface PaletteGroupProps {
  readonly heading: string
  readonly entries: readonly PaletteEntry[]
}

export const PaletteGroup = ({ heading, entries }: PaletteGroupProps): ReactNode =>
  entries.length === 0 ? null : (
    <Command.Group heading={heading} className={HEADING}>
      {entries.map(({ id, name, icon, hint, onSelect }) => (
        <Command.Item key={id} value={id} className={ROW} onSelect={onSelect}>
          {icon}
          <span className="flex-1 truncate">{name}</span>
          {hint}
        </Command.Item>
      ))}
    </Command.Group>
  )
