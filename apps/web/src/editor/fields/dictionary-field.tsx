import { type ReactNode, useState } from 'react'
import { type DictionaryRow, problemsOf, rowsOf, storedRows } from './dictionary-rows.ts'
import { type FieldWidgetProps, testIdOf } from './field-widget.ts'
import { KeyValueRows } from './key-value-rows.tsx'

/** Keys with their values. What is written is stored once every row has a key of its own. */
export function DictionaryField({ name, field, onChange, isDisabled, surface }: FieldWidgetProps): ReactNode {
  // Rows the stored value cannot hold: without a key, or with that of another.
  const [draft, setDraft] = useState<{ readonly of: unknown; readonly rows: readonly DictionaryRow[] }>()
  const rows = draft && draft.of === field.value ? draft.rows : rowsOf(field.value)

  const write = (next: readonly DictionaryRow[]): void => {
    if (problemsOf(next).some((problem) => problem !== undefined)) {
      setDraft({ of: field.value, rows: next })
      return
    }
    const written = next.filter(([key]) => key !== '')
    const value = storedRows(written, field.list === true)
    setDraft({ of: value, rows: next })
    onChange({ value })
  }
  return (
    <div className="nodrag">
      <KeyValueRows rows={rows} onChange={write} isDisabled={isDisabled} testId={testIdOf(surface, name)} />
    </div>
  )
}
