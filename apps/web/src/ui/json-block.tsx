import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

export interface JsonBlockProps {
  readonly label: string
  readonly value: unknown
}

/** A value as it is stored, to read and to copy. Long ones scroll. */
export function JsonBlock({ label, value }: JsonBlockProps): ReactNode {
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  return (
    <section aria-label={label} className="min-w-0">
      <div className="flex items-center justify-between">
        <h4 className="font-medium text-text-muted text-xs">{label}</h4>
        <CopyButton text={text} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
        tabIndex={0}
        className="wrap-anywhere max-h-80 overflow-auto whitespace-pre-wrap rounded-md border border-border bg-surface-muted p-2 font-mono text-xs"
      >
        {text}
      </pre>
    </section>
  )
}
