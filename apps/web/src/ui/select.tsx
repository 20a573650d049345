import type { ReactNode } from 'react'
import { lateModule } from './late-module.ts'
import { LateTrigger } from './late-trigger.tsx'
import { type SelectProps, SelectTrigger } from './select-trigger.tsx'

const panel = lateModule(() => import('./select-panel.tsx'))
// The library knows options by their text alone.
const OpenedSelect = panel.component<SelectProps<string>>(({ OpenedSelect }) => OpenedSelect)

/** One of a short list. For long lists with a search see `Combobox`. No option may be the empty text. */
export function Select<Value extends string>(props: SelectProps<Value>): ReactNode {
  const { value, options, onChange, label, placeholder, disabled, className, testId } = props
  const chosen = options.find((option) => option.value === value)
  return (
    <LateTrigger
      opens="listbox"
      load={panel.load}
      // What is handed back is the value of one of the options.
      opened={() => <OpenedSelect {...props} onChange={(picked) => onChange(picked as Value)} />}
    >
      <SelectTrigger role="combobox" label={label} disabled={disabled} className={className} testId={testId}>
        {chosen?.label ?? placeholder}
      </SelectTrigger>
    </LateTrigger>
  )
}
