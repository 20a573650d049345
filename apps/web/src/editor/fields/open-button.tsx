import type { ReactNode } from 'react'

/** A field whose value is edited in a dialog: what it holds in one line, and the way to the dialog. */
export const OpenButton = ({
  icon,
  label,
  labelId,
  isEmpty,
  onClick,
  testId,
  children,
}: {
  readonly icon: ReactNode
  /** Says what the dialog does. */
  readonly label: string
  readonly labelId: string
  readonly isEmpty?: boolean
  readonly onClick: () => void
  readonly testId: string
  readonly children?: ReactNode
}): ReactNode => (
  <button
    type="button"
    aria-describedby={labelId}
    onClick={onClick}
    data-testid={testId}
    className="nodrag flex min-h-8 w-full min-w-0 items-center gap-2 rounded-md border border-border bg-surface px-2.5 py-1 text-left text-sm hover:border-border-strong"
  >
    <span className="shrink-0 text-text-muted">{icon}</span>
    <span className={isEmpty ? 'min-w-0 flex-1 truncate text-text-faint' : 'min-w-0 flex-1 truncate'}>
      {children ?? label}
    </span>
  </button>
)
