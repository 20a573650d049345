import type { ReactNode } from 'react'

export interface ProgressBarProps {
  readonly label: string
  /** 0 to 100. */
  readonly percent: number
}

/** How far something is. */
export const ProgressBar = ({ label, percent }: ProgressBarProps): ReactNode => (
  <div
    role="progressbar"
    aria-label={label}
    aria-valuenow={percent}
    className="h-1 w-full overflow-hidden rounded-full bg-surface-hover"
  >
    <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
  </div>
)
