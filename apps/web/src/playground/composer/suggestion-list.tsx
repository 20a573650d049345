import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../../ui/class-names.ts'
import type { Suggestion } from './use-suggestions.tsx'

export interface SuggestionListProps {
  readonly id: string
  readonly label: string
  readonly suggestions: readonly Suggestion[]
  /** The one Enter takes. */
  readonly active: number
  readonly onChoose: (suggestion: Suggestion) => void
}

export const optionId = (listId: string, index: number): string => `${listId}-${index}`

/** What can be chosen for what is being typed; the field keeps the focus. */
export function SuggestionList({ id, label, suggestions, active, onChoose }: SuggestionListProps): ReactNode {
  const { t } = useTranslation('playground')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Some browsers answer with a promise, which is nothing to be undone.
    void list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={label}
      tabIndex={-1}
      data-testid="suggestions"
      className="absolute inset-x-0 bottom-full z-10 mb-1 max-h-64 overflow-y-auto rounded-md border border-border bg-surface p-1 shadow-2"
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
    >
      {suggestions.map((suggestion, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are heard by the field, which has the focus
        <div
          key={suggestion.key}
          id={optionId(id, index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onClick={() => onChoose(suggestion)}
          className={classNames(
            'flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm',
            index === active ? 'bg-surface-hover' : 'hover:bg-surface-muted',
          )}
        >
          <span className="shrink-0 text-text-muted">{suggestion.icon}</span>
          <span className="min-w-0 flex-1 truncate">{suggestion.label}</span>
          {suggestion.hint ? (
            <span className="max-w-[45%] shrink-0 truncate text-text-muted text-xs">{suggestion.hint}</span>
          ) : null}
          {suggestion.remove ? (
            <button
              type="button"
              tabIndex={-1}
              aria-label={t('commands.forget', { name: suggestion.label.slice(0, 40) })}
              className="grid size-6 shrink-0 place-items-center rounded-sm hover:text-danger"
              onClick={(event) => {
                event.stopPropagation()
                suggestion.remove?.()
              }}
            >
              <X size={12} />
            </button>
          ) : null}
        </div>
      ))}
    </div>
  )
}
