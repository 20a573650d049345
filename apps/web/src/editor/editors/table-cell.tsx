import { type ClipboardEvent, type ReactNode, useState } from 'react'
import { GIVEN_UP_FIRST, isComposing, TextInput } from '../../ui/input.tsx'
import { Switch } from '../../ui/switch.tsx'
import { cellText, parseCell, type TableColumn } from './table-values.ts'

export interface TableCellProps {
  readonly column: TableColumn
  /** Rows above it. */
  readonly row: number
  readonly value: unknown
  readonly isDisabled: boolean
  readonly onChange: (value: unknown) => void
  readonly onPaste: (event: ClipboardEvent) => void
}

/** A cell that is edited where it stands: Enter and leaving it take what was typed, Escape does not. */
export function TableCell({ column, row, value, isDisabled, onChange, onPaste }: TableCellProps): ReactNode {
  const label = `${column.label} ${row + 1}`
  return (
    <td className="flex min-w-0 items-center px-1" onPaste={onPaste}>
      {column.kind === 'boolean' ? (
        <span className="flex pl-2.75">
          <Switch checked={value === true} onChange={onChange} label={label} disabled={isDisabled} />
        </span>
      ) : column.kind === 'options' ? (
        <select
          aria-label={label}
          disabled={isDisabled}
          value={cellText(value)}
          onChange={(event) => onChange(event.target.value)}
          className="h-7 w-full min-w-0 rounded-sm border border-transparent bg-transparent pl-1.5 text-sm hover:border-border"
        >
          <option value="" />
          {column.options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      ) : (
        <TextCell column={column} label={label} value={value} isDisabled={isDisabled} onChange={onChange} />
      )}
    </td>
  )
}

function TextCell({
  column,
  label,
  value,
  isDisabled,
  onChange,
}: Pick<TableCellProps, 'column' | 'value' | 'isDisabled' | 'onChange'> & { readonly label: string }): ReactNode {
  const [draft, setDraft] = useState<string>()
  const shown = draft ?? cellText(value)
  const parsed = parseCell(shown, column)
  const take = (): void => {
    if (draft === undefined || parsed === undefined) return
    setDraft(undefined)
    if (draft !== cellText(value)) onChange(parsed)
  }
  return (
    <TextInput
      {...(draft !== undefined && GIVEN_UP_FIRST)}
      type={column.kind === 'date' ? 'date' : 'text'}
      inputMode={column.kind === 'number' ? 'decimal' : undefined}
      aria-label={label}
      aria-invalid={parsed === undefined}
      readOnly={isDisabled}
      value={shown}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (isComposing(event)) return
        if (event.key === 'Enter') take()
        if (event.key === 'Escape') setDraft(undefined)
      }}
      className="h-7 border-transparent bg-transparent"
    />
  )
}
