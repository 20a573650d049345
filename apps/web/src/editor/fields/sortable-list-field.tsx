import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../i18n/component-text.ts'
import { OptionPicker } from '../../ui/option-picker.tsx'
import { ComponentIcon } from '../component-icon.tsx'
import { NodeButton } from '../node/node-button.tsx'
import { type FieldWidgetProps, labelOf, placeholderOf, testIdOf, textOf } from './field-widget.ts'
import { optionsOf } from './option-names.ts'
import { PickerButton } from './picker-button.tsx'

interface Chosen {
  readonly name: string
  readonly icon?: string
  readonly [more: string]: unknown
}

const chosenOf = (value: unknown): readonly Chosen[] =>
  (Array.isArray(value) ? value : []).filter(
    (one): one is Chosen => typeof one === 'object' && one !== null && 'name' in one && typeof one.name === 'string',
  )

/** Some of the options, in an order of the user's own. With a limit of one it is a plain choice. */
export function SortableListField(props: FieldWidgetProps): ReactNode {
  const { name, field, onChange, isDisabled, labelId, surface } = props
  const { t } = useTranslation('fields')
  const anchor = useRef<HTMLButtonElement>(null)
  const dragged = useRef<number>(undefined)
  const [isOpen, setOpen] = useState(false)
  const chosen = chosenOf(field.value)
  const limit = typeof field.limit === 'number' ? field.limit : undefined
  const options = optionsOf(field)
  const entries = field.options ?? []

  const entryOf = (wanted: string): unknown =>
    entries.find((entry) => typeof entry === 'object' && entry !== null && Reflect.get(entry, 'name') === wanted) ?? {
      name: wanted,
    }
  const choose = (wanted: string): void => {
    const rest = chosen.filter((one) => one.name !== wanted)
    if (rest.length < chosen.length) onChange({ value: rest })
    else onChange({ value: limit === 1 ? [entryOf(wanted)] : [...chosen, entryOf(wanted)].slice(0, limit) })
  }
  const move = (from: number, to: number): void => {
    const one = chosen[from]
    if (one && to >= 0 && to < chosen.length) onChange({ value: chosen.toSpliced(from, 1).toSpliced(to, 0, one) })
  }
  const single = limit === 1 ? chosen[0] : undefined
  return (
    <div className="nodrag flex flex-col gap-1">
      <PickerButton
        ref={anchor}
        labelId={labelId}
        isOpen={isOpen}
        isDisabled={isDisabled || (limit !== 1 && limit !== undefined && chosen.length >= limit)}
        isEmpty={!single}
        onClick={() => setOpen(!isOpen)}
        testId={`button_open_list_selection_${testIdOf(surface, name)}`}
      >
        {single ? (
          <>
            {single.icon ? <ComponentIcon name={single.icon} size={14} /> : null}
            <span className="truncate">{single.name}</span>
          </>
        ) : (
          <>
            {limit === 1 ? null : <Plus size={13} />}
            <span className="truncate">{placeholderOf(field, t('select'))}</span>
          </>
        )}
      </PickerButton>
      {limit === 1 ? null : (
        <ol className="flex flex-col gap-1">
          {chosen.map((one, index) => (
            <li
              key={one.name}
              draggable={!isDisabled}
              onDragStart={(event: DragEvent) => {
                event.stopPropagation()
                dragged.current = index
              }}
              onDragOver={(event) => event.preventDefault()}
              onDrop={(event) => {
                event.stopPropagation()
                if (dragged.current !== undefined) move(dragged.current, index)
                dragged.current = undefined
              }}
              className="flex h-8 cursor-grab items-center gap-1 rounded-md border border-border bg-surface pl-2 text-sm"
            >
              <span className="w-4 text-text-faint text-xs tabular-nums">{index + 1}</span>
              {one.icon ? <ComponentIcon name={one.icon} size={14} /> : null}
              <span className="min-w-0 flex-1 truncate">{one.name}</span>
              <NodeButton
                label={t('moveUp', { name: one.name })}
                disabled={isDisabled || index === 0}
                onClick={() => move(index, index - 1)}
              >
                <ArrowUp size={12} />
              </NodeButton>
              <NodeButton
                label={t('moveDown', { name: one.name })}
                disabled={isDisabled || index === chosen.length - 1}
                onClick={() => move(index, index + 1)}
              >
                <ArrowDown size={12} />
              </NodeButton>
              <NodeButton
                label={t('removeOne', { name: one.name })}
                disabled={isDisabled}
                onClick={() => choose(one.name)}
              >
                <X size={12} />
              </NodeButton>
            </li>
          ))}
        </ol>
      )}
      {field.helper_text ? <p className="text-text-muted text-xs">{componentText(textOf(field.helper_text))}</p> : null}
      {isOpen ? (
        <OptionPicker
          anchor={anchor}
          onClose={() => setOpen(false)}
          label={labelOf(name, field)}
          options={options.map((option) => ({
            value: option.name,
            label: option.name,
            hint: option.facts,
            ...(option.category && { group: option.category }),
            ...(option.icon && { icon: <ComponentIcon name={option.icon} size={14} /> }),
          }))}
          chosen={new Set(chosen.map((one) => one.name))}
          onChoose={choose}
          isMultiple={limit !== 1}
          searchLabel={t('searchOptions')}
          emptyText={t('noValues')}
        />
      ) : null}
    </div>
  )
}
