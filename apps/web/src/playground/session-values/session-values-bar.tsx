import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { variablesQuery } from '../../api/variables.ts'
import { labelOf } from '../../editor/fields/field-widget.ts'
import { useFromFlow } from '../../editor/from-flow.ts'
import { valuesOf, variablesOf } from '../model/playground-state.ts'
import { usePlayground, usePlaygroundState } from '../playground-context.tsx'
import { keyOf, sessionField } from './session-values.ts'
import { shownValue } from './shown-value.ts'

/** The values this session has of its own, as chips above the composer. */
export function SessionValuesBar({ onOpen }: { readonly onOpen: () => void }): ReactNode {
  const { t } = useTranslation('playground')
  const playground = usePlayground()
  const values = usePlaygroundState((state) => valuesOf(state, state.current))
  const variables = usePlaygroundState((state) => variablesOf(state, state.current))
  const version = usePlaygroundState((state) => state.version)
  const { data: known = [] } = useQuery({ ...variablesQuery, enabled: Object.keys(variables).length > 0 })
  const held = useFromFlow((document) => values.map((value) => sessionField(document, value)))
  /** Whether a value of a variable may be seen, nobody knows before its kind is. */
  const shown = (name: string): string =>
    known.find((one) => one.name === name)?.type === 'Generic' ? (variables[name] ?? '') : '•••'
  return (
    <div className="flex flex-col gap-1 px-1 pb-1">
      <ul className="flex flex-wrap gap-1.5" aria-label={t('values.title')} data-testid="session-values">
        {values.map((value, index) => {
          const key = keyOf(value)
          const field = held[index]
          return (
            <Chip
              key={key}
              name={labelOf(value.field, field ?? {})}
              text={field ? shownValue(field) : '–'}
              onOpen={onOpen}
              onRemove={() => playground.setValues(values.filter((one) => keyOf(one) !== key))}
            />
          )
        })}
        {Object.entries(variables).map(([name, value]) => (
          <Chip
            key={name}
            name={name}
            text={value === '' ? '–' : shown(name)}
            onOpen={onOpen}
            onRemove={() => {
              const { [name]: _, ...others } = variables
              playground.setVariables(others)
            }}
          />
        ))}
      </ul>
      {version === undefined || values.length === 0 ? null : (
        <p className="text-warning text-xs">{t('values.draftOnly')}</p>
      )}
    </div>
  )
}

interface ChipProps {
  readonly name: string
  readonly text: string
  readonly onOpen: () => void
  readonly onRemove: () => void
}

function Chip({ name, text, onOpen, onRemove }: ChipProps): ReactNode {
  const { t } = useTranslation('playground')
  return (
    <li className="flex max-w-full items-center rounded-full border border-border bg-surface text-xs">
      <button
        type="button"
        onClick={onOpen}
        className="flex h-6 min-w-0 items-center gap-1 rounded-full pl-2.5 hover:text-accent"
      >
        <span className="shrink-0 text-text-muted">{name}:</span>
        <span className="truncate">{text}</span>
      </button>
      <button
        type="button"
        aria-label={t('values.remove', { name })}
        onClick={onRemove}
        className="grid size-6 shrink-0 place-items-center rounded-full hover:text-danger"
      >
        <X size={11} />
      </button>
    </li>
  )
}
