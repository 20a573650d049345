import {
  Circle,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleStop,
  LoaderCircle,
  type LucideIcon,
  Snowflake,
  TriangleAlert,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

/** How something is that runs, or a part of it. */
export type State = 'idle' | 'running' | 'ok' | 'error' | 'stopped' | 'waiting' | 'stale' | 'frozen'

interface StateLook {
  readonly icon: LucideIcon
  readonly text: string
  readonly bar: string
  /** Fills and draws in a chart. */
  readonly chart: string
}

/** One colour and one icon for each state, on the canvas, in lists, traces and charts. */
export const STATES: Readonly<Record<State, StateLook>> = {
  idle: { icon: Circle, text: 'text-state-idle', bar: 'bg-state-idle', chart: 'fill-state-idle stroke-state-idle' },
  running: {
    icon: LoaderCircle,
    text: 'text-state-running',
    bar: 'bg-state-running',
    chart: 'fill-state-running stroke-state-running',
  },
  ok: { icon: CircleCheck, text: 'text-state-ok', bar: 'bg-state-ok', chart: 'fill-state-ok stroke-state-ok' },
  error: {
    icon: CircleAlert,
    text: 'text-state-error',
    bar: 'bg-state-error',
    chart: 'fill-state-error stroke-state-error',
  },
  stopped: {
    icon: CircleStop,
    text: 'text-state-stopped',
    bar: 'bg-state-stopped',
    chart: 'fill-state-stopped stroke-state-stopped',
  },
  waiting: {
    icon: CircleDashed,
    text: 'text-state-waiting',
    bar: 'bg-state-waiting',
    chart: 'fill-state-waiting stroke-state-waiting',
  },
  stale: {
    icon: TriangleAlert,
    text: 'text-state-stale',
    bar: 'bg-state-stale',
    chart: 'fill-state-stale stroke-state-stale',
  },
  frozen: {
    icon: Snowflake,
    text: 'text-state-frozen',
    bar: 'bg-state-frozen',
    chart: 'fill-state-frozen stroke-state-frozen',
  },
}

export interface StateIconProps {
  readonly state: State
  readonly size?: number
  /** What it says where no word stands beside it. */
  readonly label?: string
  readonly className?: string
}

/** The icon of a state in its colour; what runs turns. */
export function StateIcon({ state, size = 14, label, className }: StateIconProps): ReactNode {
  const { icon: Icon, text } = STATES[state]
  return (
    <Icon
      size={size}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
      className={classNames('shrink-0', text, state === 'running' && 'animate-spin', className)}
    />
  )
}
