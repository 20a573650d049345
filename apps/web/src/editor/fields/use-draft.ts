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
 * input method is still composing only when it is chosen. What comes from elsewhere (undo, another tab) replaces it.
 */
export function useDraft(value: string, commit: (value: string) => void): Draft {
  const [draft, setDraft] = useState(value)
  const last = useRef(value)
  const isComposing = useRef(false)
  useEffect(() => {
    if (value !== last.current && !isComposing.current) setDraft(value)
    if (!isComposing.current) last.current = value
  }, [value])
  const take = (next: string): void => {
    last.current = next
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
