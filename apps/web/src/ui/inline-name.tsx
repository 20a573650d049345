import { type ReactNode, useState } from 'react'
import { GIVEN_UP_FIRST, isComposing } from './input.tsx'

export interface InlineNameProps {
  readonly name: string
  readonly label: string
  /** The new name, or undefined when it was given up. */
  readonly onDone: (name: string | undefined) => void
  readonly testId?: string
}

/** A name edited where it stands: Enter and leaving save, Escape gives up. */
export function InlineName({ name, label, onDone, testId }: InlineNameProps): ReactNode {
  const [text, setText] = useState(name)
  const save = (): void => onDone(text.trim() || undefined)
  return (
    <input
      {...GIVEN_UP_FIRST}
      aria-label={label}
      data-testid={testId}
      value={text}
      ref={(input) => input?.focus()}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (isComposing(event)) return
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') {
          event.stopPropagation()
          onDone(undefined)
        }
      }}
      className="h-8 w-full min-w-0 rounded-md border border-accent bg-surface px-2.5 text-sm"
    />
  )
}
