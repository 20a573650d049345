import { ListFilter } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { Field, Labelled, TextInput } from '../../ui/input.tsx'
import { Popover } from '../../ui/popover.tsx'
import { SearchInput } from '../../ui/search-input.tsx'
import { Select } from '../../ui/select.tsx'
import type { SelectOption } from '../../ui/select-trigger.tsx'

/** What one column is filtered by; an empty text is no filter. */
export interface ColumnFilter<Name extends string> {
  readonly name: Name
  readonly label: string
  /** A part of a text, a least number, a day, or one of these. */
  readonly kind: 'text' | 'number' | 'date' | readonly SelectOption<string>[]
}

export interface FilterPanelProps<Name extends string> {
  readonly filters: readonly ColumnFilter<Name>[]
  readonly values: Readonly<Record<Name, string>>
  readonly onChange: (change: Partial<Record<Name, string>>) => void
}

/** Filters for all columns, behind one button that says how many are set. */
export function FilterPanel<Name extends string>({ filters, values, onChange }: FilterPanelProps<Name>): ReactNode {
  const { t } = useTranslation('monitor')
  const set = filters.filter(({ name }) => values[name] !== '').length
  const change = (name: Name, value: string): void => onChange({ [name]: value } as Partial<Record<Name, string>>)
  return (
    <Popover
      label={t('filters.title')}
      className="grid max-h-[70vh] w-96 max-w-[calc(100vw-2rem)] grid-cols-2 gap-3 overflow-y-auto p-3"
      trigger={
        <Button data-testid="column-filters">
          <ListFilter size={14} />
          {set === 0 ? t('filters.title') : t('filters.set', { count: set })}
        </Button>
      }
    >
      {filters.map(({ name, label, kind }) =>
        kind === 'text' ? (
          <div key={name} className="col-span-2">
            <SearchInput label={label} value={values[name]} onChange={(value) => change(name, value)} />
          </div>
        ) : typeof kind === 'string' ? (
          <Field key={name} label={label}>
            <TextInput
              type={kind}
              min={kind === 'number' ? 0 : undefined}
              step={kind === 'number' ? 'any' : undefined}
              value={values[name]}
              onChange={(event) => change(name, event.target.value)}
            />
          </Field>
        ) : (
          <Labelled key={name} label={label}>
            <Select
              label={label}
              value={values[name] || ANY}
              options={[{ value: ANY, label: t('filters.any') }, ...kind]}
              onChange={(value) => change(name, value === ANY ? '' : value)}
              className="w-full"
            />
          </Labelled>
        ),
      )}
    </Popover>
  )
}

/** An option must have a value that is no empty text. */
const ANY = 'any'
