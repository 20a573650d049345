import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '../../ui/input.tsx'

/** Something that is offered by name. */
export interface Choice {
  readonly label: string
  /** Offered whatever is searched for. */
  readonly isAlways?: boolean
  readonly choose: () => void
}

export interface ChoiceListProps {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly placeholder: string
  readonly onClose: () => void
}

/** A list over the canvas that is narrowed by typing; Enter takes, Escape leaves. */
export function ChoiceList({ label, choices, placeholder, onClose }: ChoiceListProps): ReactNode {
  const { t } = useTranslation('editor')
  // Nodes, and outputs of one, may be called alike: by the name alone both would be chosen.
  const numbered = choices.map((choice, index) => ({ ...choice, id: `${choice.label} ${index + 1}` }))
  return (
    <Command
      label={label}
      className="-translate-x-1/2 absolute top-16 left-1/2 z-20 w-96 overflow-hidden rounded-md border border-border bg-surface shadow-3"
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape' && !isComposing(event)) onClose()
      }}
    >
      <Command.Input
        ref={(element) => element?.focus()}
        placeholder={placeholder}
        className="h-10 w-full border-border border-b bg-surface px-3 text-sm outline-none"
      />
      <Command.List className="max-h-72 overflow-y-auto p-1">
        <Command.Empty className="p-4 text-center text-sm text-text-muted">{t('connect.nothing')}</Command.Empty>
        {numbered.map(({ id, label: name, isAlways, choose }) => (
          <Command.Item
            key={id}
            value={id}
            forceMount={isAlways ?? false}
            onSelect={() => {
              onClose()
              choose()
            }}
            className="flex min-h-8 items-center rounded-sm px-2 py-1 text-sm data-[selected=true]:bg-surface-hover"
          >
            {name}
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}
