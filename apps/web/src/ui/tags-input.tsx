import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing, TextInput } from './input.tsx'

export interface TagsInputProps {
  readonly label: string
  readonly value: readonly string[]
  readonly onChange: (value: readonly string[]) => void
  readonly testId?: string
}

/** Words one after another: Enter or a comma adds one, Backspace in the empty field takes the last away. */
export function TagsInput({ label, value, onChange, testId }: TagsInputProps): ReactNode {
  const { t } = useTranslation('common')
  const [text, setText] = useState('')
  const add = (): void => {
    const tags = text
      .split(/[,，]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '')
    if (tags.length > 0) onChange([...new Set([...value, ...tags])])
    setText('')
  }
  return (
    <div className="flex flex-col gap-1.5">
      <TextInput
        aria-label={label}
        value={text}
        data-testid={testId}
        onChange={(event) => setText(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (isComposing(event)) return
          if (event.key === ',' || (event.key === 'Enter' && text.trim() !== '')) {
            event.preventDefault()
            add()
          }
          if (event.key === 'Backspace' && text === '') onChange(value.slice(0, -1))
        }}
      />
      {value.length > 0 ? (
        <ul className="flex flex-wrap gap-1">
          {value.map((tag) => (
            <li key={tag} className="flex items-center gap-1 rounded-md bg-surface-hover py-0.5 pr-0.5 pl-2 text-xs">
              {tag}
              <button
                type="button"
                aria-label={`${t('dismiss')} ${tag}`}
                className="grid size-6 place-items-center rounded-sm text-text-muted hover:text-danger"
                onClick={() => onChange(value.filter((one) => one !== tag))}
              >
                <X size={12} />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
