import type { RunRead } from '@runnel/protocol/monitor'
import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../ui/class-names.ts'

type Status = RunRead['status']

/** One colour and one icon for each state, everywhere (D-23). */
const LOOKS: Readonly<Record<Status, { readonly icon: LucideIcon; readonly colour: string }>> = {
  queued: { icon: CircleDashed, colour: 'text-waiting' },
  running: { icon: LoaderCircle, colour: 'text-info' },
  succeeded: { icon: CircleCheck, colour: 'text-success' },
  failed: { icon: CircleAlert, colour: 'text-danger' },
  cancelled: { icon: CircleSlash, colour: 'text-text-muted' },
}

export interface RunStatusProps {
  readonly status: Status
  /** The icon alone, for a list that has no room. */
  readonly compact?: boolean
}

/** How a run went. */
export function RunStatus({ status, compact }: RunStatusProps): ReactNode {
  const { t } = useTranslation('flows')
  const { icon: Icon, colour } = LOOKS[status]
  const label = t(`status.${status}`)
  return (
    <span
      className={classNames('inline-flex items-center gap-1.5 whitespace-nowrap align-middle', colour)}
      title={label}
    >
      <Icon size={14} aria-hidden="true" className={status === 'running' ? 'animate-spin' : ''} />
      {compact ? <span className="sr-only">{label}</span> : label}
    </span>
  )
}
