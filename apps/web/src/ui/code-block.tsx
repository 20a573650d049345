import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'

export interface CodeBlockProps {
  readonly label: string
  readonly code: string
  /** Shown above, when the block is one of several. */
  readonly title?: string | undefined
  readonly testId?: string
}

/** Code to read and to copy. */
export function CodeBlock({ label, code, title, testId }: CodeBlockProps): ReactNode {
  return (
    <section aria-label={title ?? label} className="min-w-0">
      {title ? <h4 className="mb-1 font-medium text-sm">{title}</h4> : null}
      <div className="flex items-start rounded-md border border-border bg-surface-muted">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
          tabIndex={0}
          data-testid={testId}
          className="max-h-96 min-w-0 flex-1 overflow-auto p-3 font-mono text-xs leading-relaxed"
        >
          {code}
        </pre>
        <div className="p-1.5">
          <CopyButton text={code} testId="btn-copy-code" />
        </div>
      </div>
    </section>
  )
}
