import { Search, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { TextInput } from './input.tsx'

export interface SearchInputProps {
  readonly value: string
  /** Told once typing pauses. */
  readonly onChange: (value: string) => void
  readonly label: string
  readonly disabled?: boolean
  readonly className?: string
  readonly testId?: string
}

const PAUSE_MS = 300

/** A search field. What is typed counts after a pause, and not while an input method composes. */
export function SearchInput(props: SearchInputProps): ReactNode {
  const { value, onChange, label, disabled, className, testId } = props
  const { t } = useTranslation('common')
  const [typed, setTyped] = useState(value)
  const isComposing = useRef(false)
  const tell = useRef(onChange)
  tell.current = onChange
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value || isComposing.current) return
    const timer = setTimeout(() => tell.current(typed), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <div className={classNames('relative', className)}>
      <Search size={14} className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-text-faint" />
      <TextInput
        type="text"
        role="searchbox"
        aria-label={label}
        placeholder={label}
        value={typed}
        disabled={disabled}
        data-testid={testId}
        className="pr-8 pl-8"
        onChange={(event) => setTyped(event.target.value)}
        onCompositionStart={() => {
          isComposing.current = true
        }}
        onCompositionEnd={(event) => {
          isComposing.current = false
          setTyped(event.currentTarget.value)
          tell.current(event.currentTarget.value)
        }}
        onEnter={() => tell.current(typed)}
      />
      {typed ? (
        <IconButton
          label={t('clearSearch')}
          size="sm"
          className="absolute top-1 right-1"
          onClick={() => {
            setTyped('')
            onChange('')
          }}
        >
          <X size={14} />
        </IconButton>
      ) : null}
    </div>
  )
}
