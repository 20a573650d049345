import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextInput } from '../../ui/input.tsx'
import {
  type ArgumentType,
  argumentType,
  firstValue,
  fixedOf,
  fixedText,
  fixedValue,
  withFixed,
} from './fixed-values.ts'
import type { ToolRow } from './tool-rows.ts'

export interface ToolArgumentsProps {
  readonly row: ToolRow
  readonly isDisabled: boolean
  readonly onChange: (row: ToolRow) => void
}

/** The arguments of a tool: for each, whether the model decides it or the flow. */
export function ToolArguments({ row, isDisabled, onChange }: ToolArgumentsProps): ReactNode {
  const { t } = useTranslation('fields')
  const fixed = fixedOf(row)
  return (
    <section aria-label={t('tools.arguments')}>
      <h3 className="font-medium text-sm">{t('tools.arguments')}</h3>
      <p className="mb-2 text-text-muted text-xs">{t('tools.argumentsHint')}</p>
      <ul className="flex flex-col gap-3 text-sm">
        {Object.entries(row.args ?? {}).map(([name, facts]) => {
          const type = argumentType(facts)
          const isFixed = Object.hasOwn(fixed, name)
          return (
            <li key={name} className="flex flex-col gap-1">
              <div className="flex items-center justify-between gap-2">
                <span className="min-w-0 truncate font-mono text-xs">
                  {name} <span className="text-text-muted">{factOf(facts, 'type')}</span>
                </span>
                <label className="flex shrink-0 items-center gap-1.5 text-text-muted text-xs">
                  <input
                    type="checkbox"
                    aria-label={t('tools.fix', { name })}
                    data-testid={`fix_argument_${name}`}
                    disabled={isDisabled}
                    checked={isFixed}
                    onChange={(event) =>
                      onChange(withFixed(row, name, event.target.checked ? firstValue(type) : undefined))
                    }
                  />
                  {t('tools.fixed')}
                </label>
              </div>
              {isFixed ? (
                <FixedValue
                  name={name}
                  type={type}
                  value={fixed[name]}
                  isDisabled={isDisabled}
                  onChange={(value) => onChange(withFixed(row, name, value))}
                />
              ) : (
                <p className="text-text-muted text-xs">{factOf(facts, 'description')}</p>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}

interface FixedValueProps {
  readonly name: string
  readonly type: ArgumentType
  readonly value: unknown
  readonly isDisabled: boolean
  readonly onChange: (value: unknown) => void
}

/** What is written is kept as it fits the argument; until then the last that did stays. */
function FixedValue({ name, type, value, isDisabled, onChange }: FixedValueProps): ReactNode {
  const { t } = useTranslation('fields')
  const [text, setText] = useState(fixedText(value))
  const isWrong = fixedValue(type, text) === undefined
  return (
    <>
      <TextInput
        value={text}
        disabled={isDisabled}
        aria-label={t('tools.fixedValue', { name })}
        aria-invalid={isWrong}
        data-testid={`fixed_value_${name}`}
        onChange={(event) => {
          setText(event.target.value)
          const next = fixedValue(type, event.target.value)
          if (next !== undefined) onChange(next)
        }}
      />
      {isWrong ? (
        <p role="alert" className="text-danger text-xs">
          {t(`tools.wants.${type}`)}
        </p>
      ) : null}
    </>
  )
}

function factOf(facts: unknown, key: string): string {
  const value: unknown = typeof facts === 'object' && facts !== null ? Reflect.get(facts, key) : undefined
  return typeof value === 'string' ? value : ''
}
