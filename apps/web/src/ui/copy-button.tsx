import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { copyText } from './copy-text.ts'

export interface CopyButtonProps {
  /** Itself, or what writes it when it is wanted. */
  readonly text: string | (() => string)
  /** What it copies; "Copy" unless said. */
  readonly label?: string
  readonly testId?: string
  readonly className?: string
}

const TICK_MS = 2000

/** Copies a text and shows a tick for a moment. */
export function CopyButton({ text, label, testId, className }: CopyButtonProps): ReactNode {
  const { t } = useTranslation('common')
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), TICK_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  return (
    <IconButton
      label={isCopied ? t('copied') : (label ?? t('copy'))}
      data-testid={testId}
      className={className}
      onClick={() => void copyText(typeof text === 'string' ? text : text()).then(() => setCopied(true))}
    >
      {isCopied ? <Check size={16} className="text-success" /> : <Copy size={16} />}
    </IconButton>
  )
}
