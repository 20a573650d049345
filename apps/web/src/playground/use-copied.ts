import { useEffect, useState } from 'react'
import { copyText } from '../ui/copy-text.ts'

const SHOWN_MS = 2000

/** Copies a text and says for two seconds that it was. */
export function useCopied(): { readonly isCopied: boolean; readonly copy: (text: string) => void } {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  return { isCopied, copy: (text) => void copyText(text).then(() => setCopied(true)) }
}
