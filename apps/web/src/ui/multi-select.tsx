import { ChevronDown, X } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from './checkbox.tsx'
import { TextInput } from './input.tsx'
import { Popover } from './popover.tsx'
import { Badge } from './status.tsx'

export interface MultiSelectProps {
  readonly label: string
  readonly placeholder: string
  readonly options: readonly string[]
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
}

/** More are found by typing. */
const SHOWN = 60

/** Several of a long list. */
export function MultiSelect({ label, placeholder, options, value, onChange }: MultiSelectProps): ReactNode {
  const { t } = useTranslation('common')
  const [search, setSearch] = useState('')
  const found = useMemo(() => {
    const words = search.trim().toLowerCase()
    return [...new Set([...value, ...options])].filter((option) => option.toLowerCase().includes(words)).slice(0, SHOWN)
  }, [options, value, search])
  const toggle = (option: string): void =>
    onChange(value.includes(option) ? value.filter((one) => one !== option) : [...value, option])
  const shown = value.length > 0 ? t('selected', { count: value.length }) : placeholder
  return (
    <div className="flex flex-col gap-1.5">
      <Popover
        label={label}
        align="start"
        className="w-90 p-2"
        trigger={
          <button
            type="button"
            aria-label={`${label}: ${shown}`}
            className="flex h-8 w-full items-center justify-between gap-2 rounded-md border border-border bg-surface px-2.5 text-left text-sm text-text-muted hover:border-border-strong"
          >
            {shown}
            <ChevronDown size={14} />
          </button>
        }
      >
        <TextInput
          aria-label={t('searchList')}
          placeholder={t('searchList')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="mb-1"
        />
        <ul className="max-h-64 overflow-y-auto">
          {found.map((option) => (
            <li key={option} className="flex items-center gap-1 rounded-sm hover:bg-surface-hover">
              <Checkbox checked={value.includes(option)} label={option} onChange={() => toggle(option)} />
              <button
                type="button"
                tabIndex={-1}
                className="flex-1 truncate py-1 text-left text-sm"
                onClick={() => toggle(option)}
              >
                {option}
              </button>
            </li>
          ))}
        </ul>
      </Popover>
      {value.length > 0 ? (
        <ul className="flex flex-wrap gap-1">
          {value.map((one) => (
            <li key={one}>
              <Badge>
                {one}
                <button
                  type="button"
                  aria-label={t('remove', { name: one })}
                  className="-mr-1 inline-flex size-6 items-center justify-center"
                  onClick={() => toggle(one)}
                >
                  <X size={12} />
                </button>
              </Badge>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
