import { useEffect, useRef, useState } from 'react'

/**
 * Text while it is typed: shown at once, so that the caret stays where it is, and handed on at once too. What comes
 * from elsewhere (undo, another tab) replaces it.
 */
export function useDraft(value: string, commit: (value: string) => void): readonly [string, (value: string) => void] {
  const [draft, setDraft] = useState(value)
  const last = useRef(value)
  useEffect(() => {
    if (value !== last.current) setDraft(value)
    last.current = value
  }, [value])
  return [
    draft,
    (next) => {
      last.current = next
      setDraft(next)
      commit(next)
    },
  ]
}
