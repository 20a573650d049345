import { type ChangeEvent, type CompositionEvent, useEffect, useRef, useState } from 'react'

type Box = HTMLInputElement | HTMLTextAreaElement

export interface Draft {
  readonly value: string
  readonly onChange: (event: ChangeEvent<Box>) => void
  readonly onCompositionStart: () => void
  readonly onCompositionEnd: (event: CompositionEvent<Box>) => void
}

/**
 * Text while it is typed: shown at once, so that the caret stays where it is, and handed on at once too, but what an
 * input method is still composing only when it is chosen. What comes from elsewhere (undo, another tab) replaces it;
 * what was handed on comes back late, when more has been typed, and is known again.
 */
export function useDraft(value: string, commit: (value: string) => void): Draft {
  const [draft, setDraft] = useState(value)
  const shown = useRef(value)
  const underWay = useRef<readonly string[]>([])
  const isComposing = useRef(false)
  useEffect(() => {
    const echo = underWay.current.lastIndexOf(value)
    if (echo >= 0) {
      underWay.current = underWay.current.slice(echo + 1)
      return
    }
    if (value === shown.current || isComposing.current) return
    underWay.current = []
    shown.current = value
    setDraft(value)
  }, [value])
  const take = (next: string): void => {
    shown.current = next
    underWay.current = [...underWay.current, next]
    commit(next)
  }
  return {
    value: draft,
    onChange(event) {
      setDraft(event.target.value)
      if (!isComposing.current) take(event.target.value)
    },
    onCompositionStart() {
      isComposing.current = true
    },
    onCompositionEnd(event) {
      isComposing.current = false
      setDraft(event.currentTarget.value)
      take(event.currentTarget.value)
    },
  }
}
