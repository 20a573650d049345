import { Command } from 'cmdk'
import { Check, Plus } from 'lucide-react'
import { Popover as RadixPopover } from 'radix-ui'
import { type ReactNode, useMemo, useState } from 'react'
import { stayOnEscape } from './input.tsx'
import { scoreOption } from './option-search.ts'
import { type OptionPickerProps, optionsOf, type PickerOption } from './picker-options.ts'
import { Spinner } from './status.tsx'

const ROW =
  'flex min-h-8 select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-[disabled=true]:opacity-50 data-[selected=true]:bg-surface-hover'

/** `OptionPicker`, once it is loaded. */
export function OptionList(props: OptionPickerProps): ReactNode {
  const { anchor, onClose, label, options, searchLabel, emptyText, footer, minWidth = 240 } = props
  const { isLoading, loadingText, onCreate, createLabel, createAs = [undefined] } = props
  const [search, setSearch] = useState('')
  const groups = useMemo(() => Map.groupBy(options, ({ group }) => group ?? ''), [options])
  const wanted = search.trim()
  const isNew = wanted !== '' && !options.some(({ value, label }) => value === wanted || label === wanted)
  const created = onCreate && isNew ? createAs : []
  return (
    <RadixPopover.Root open onOpenChange={onClose}>
      <RadixPopover.Anchor virtualRef={{ current: anchor.current ?? document.body }} />
      <RadixPopover.Portal>
        <RadixPopover.Content
          id={anchor.current?.id ? optionsOf(anchor.current.id) : undefined}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onEscapeKeyDown={stayOnEscape}
          onInteractOutside={(event) => {
            if (event.target instanceof Node && anchor.current?.contains(event.target)) event.preventDefault()
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            anchor.current?.focus()
          }}
          style={{ width: Math.max(anchor.current?.getBoundingClientRect().width ?? 0, minWidth) }}
          className="nokey z-60 max-w-[calc(100vw-16px)] rounded-md border border-border bg-surface shadow-2"
        >
          <Command label={label} filter={scoreOption} className="flex flex-col">
            <Command.Input
              value={search}
              onValueChange={setSearch}
              placeholder={searchLabel}
              aria-label={searchLabel}
              data-testid="dropdown_search_input"
              className="h-9 w-full rounded-t-md border-border border-b bg-transparent px-2.5 text-sm focus-visible:outline-none"
            />
            <Command.List className="max-h-72 overflow-y-auto p-1">
              {isLoading ? (
                <div className="flex items-center justify-center gap-2 py-4 text-sm text-text-muted">
                  <Spinner />
                  {loadingText}
                </div>
              ) : null}
              {[...groups].map(([group, list]) => (
                <Command.Group
                  key={group}
                  heading={group || undefined}
                  className="**:[[cmdk-group-heading]]:px-2 **:[[cmdk-group-heading]]:py-1 **:[[cmdk-group-heading]]:text-text-muted **:[[cmdk-group-heading]]:text-xs"
                >
                  {list.map((option, index) => (
                    <Row key={option.value} option={option} index={index} {...props} />
                  ))}
                </Command.Group>
              ))}
              {created.map((as) => (
                <Command.Item
                  key={as?.value}
                  value={`${wanted} ${as?.value ?? ''}`}
                  forceMount
                  onSelect={() => {
                    onCreate?.(wanted, as?.value)
                    onClose()
                  }}
                  className={ROW}
                >
                  {as?.icon ?? <Plus size={14} />}
                  <span className="truncate">{createLabel?.(wanted, as) ?? wanted}</span>
                </Command.Item>
              ))}
              {created.length > 0 || isLoading ? null : (
                <Command.Empty className="px-2 py-4 text-center text-sm text-text-muted">{emptyText}</Command.Empty>
              )}
            </Command.List>
          </Command>
          {footer ? <div className="flex flex-col border-border border-t p-1">{footer}</div> : null}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}

function Row({
  option,
  index,
  chosen,
  onChoose,
  isMultiple,
  onClose,
}: OptionPickerProps & { readonly option: PickerOption; readonly index: number }): ReactNode {
  return (
    <Command.Item
      value={`${option.group ?? ''} ${option.value}`}
      keywords={[option.label, option.group, option.hint].filter((text) => typeof text === 'string')}
      disabled={option.isDisabled ?? false}
      onSelect={() => {
        onChoose(option.value)
        if (!isMultiple) onClose()
      }}
      data-testid={`${option.value}-${index}-option`}
      className={ROW}
    >
      {option.icon}
      <span className="min-w-0 flex-1 truncate">{option.label}</span>
      {option.hint ? <span className="truncate text-text-muted text-xs">{option.hint}</span> : null}
      {chosen.has(option.value) ? <Check size={14} className="shrink-0" /> : null}
    </Command.Item>
  )
}
