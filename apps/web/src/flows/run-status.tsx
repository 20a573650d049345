import type { RunRead } from '@runnel/protocol/monitor'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { classNames } from '../ui/class-names.ts'
import { STATES, type State, StateIcon } from '../ui/state-icon.tsx'

type Status = RunRead['status']

const STATE_OF: Readonly<Record<Status, State>> = {
  queued: 'waiting',
  running: 'running',
  succeeded: 'ok',
  failed: 'error',
  cancelled: 'stopped',
}

export interface RunStatusProps {
  readonly status: Status
  /** The icon alone, for a list that has no room. */
  readonly compact?: boolean
}

/** How a run went. */
export function RunStatus({ status, compact }: RunStatusProps): ReactNode {
  const { t } = useTranslation('flows')
  const state = STATE_OF[status]
  const label = t(`status.${status}`)
  return (
    <span
      className={classNames('inline-flex items-center gap-1.5 whitespace-nowrap align-middle', STATES[state].text)}
      title={label}
    >
      <StateIcon state={state} />
      {compact ? <span className="sr-only">{label}</span> : label}
    </span>
  )
}
