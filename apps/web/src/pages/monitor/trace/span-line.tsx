import { Bot, Box, ChevronRight, DatabaseZap, Hammer, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText } from '../../../i18n/component-text.ts'
import { classNames } from '../../../ui/class-names.ts'
import { durationText } from '../../../ui/duration.ts'
import { moneyText } from '../../../ui/money.ts'
import { STATES, StateIcon } from '../../../ui/state-icon.tsx'
import { barOf, type SpanKind, type SpanRow } from './span-rows.ts'

const ICONS = { flow: Workflow, component: Box, model: Bot, tool: Hammer, retriever: DatabaseZap } as const
const BARS: Readonly<Record<SpanKind, string>> = {
  flow: 'bg-text-faint',
  component: 'bg-accent',
  model: 'bg-info',
  tool: 'bg-waiting',
  retriever: 'bg-success',
}

/** All bars begin at the same place, however deep their lines stand. */
const NAME_PX = 220
const INDENT_PX = 18

export interface SpanLineProps {
  readonly row: SpanRow
  /** Begin and end of the run, epoch milliseconds. */
  readonly time: readonly [number, number]
  /** Pixels from the top, and how tall it is. */
  readonly place: { readonly top: number; readonly height: number }
  readonly isCollapsed: boolean
  readonly isChosen: boolean
  readonly onToggle: () => void
  readonly onChoose: () => void
}

/** One line of a trace: what happened at the left, when and for how long at the right. */
export function SpanLine(props: SpanLineProps): ReactNode {
  const { row, time, place, isCollapsed, isChosen, onToggle, onChoose } = props
  const { span, depth, hasChildren } = row
  const { t, i18n } = useTranslation('trace')
  const Icon = ICONS[span.kind]
  const name = span.kind === 'flow' ? t('kind.flow') : componentText(span.name)
  const { left, width } = barOf(span, time)
  return (
    <li
      className={classNames(
        'absolute inset-x-0 flex items-center gap-1 border-border border-b pr-3 text-sm',
        isChosen ? 'bg-accent-soft' : 'hover:bg-surface-muted',
      )}
      style={{ transform: `translateY(${place.top}px)`, height: place.height, paddingLeft: 8 + depth * INDENT_PX }}
    >
      {hasChildren ? (
        <button
          type="button"
          aria-expanded={!isCollapsed}
          aria-label={t('parts', { name })}
          onClick={onToggle}
          className="grid size-6 shrink-0 place-items-center rounded-sm hover:bg-surface-hover"
        >
          <ChevronRight size={14} className={classNames('transition-transform', !isCollapsed && 'rotate-90')} />
        </button>
      ) : (
        <span className="size-6 shrink-0" />
      )}
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={onChoose}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-sm text-left"
        data-testid="span"
      >
        <span
          className="flex shrink-0 items-center gap-1.5"
          style={{ width: Math.max(80, NAME_PX - depth * INDENT_PX) }}
        >
          <Icon size={14} role="img" aria-label={t(`kind.${span.kind}`)} className="shrink-0 text-text-muted" />
          <span className="truncate font-medium">{name}</span>
          {span.error === null ? null : <StateIcon state="error" label={t('failed')} />}
        </span>
        <span className="relative h-2 min-w-24 flex-1 rounded-full bg-surface-hover">
          <span
            className={classNames('absolute inset-y-0 rounded-full', span.error ? STATES.error.bar : BARS[span.kind])}
            style={{ left: `${left}%`, width: `${width}%` }}
          />
        </span>
        <span className="w-44 shrink-0 truncate text-right text-text-muted text-xs tabular-nums">
          {[
            span.token_usage && t('tokens', { count: span.token_usage.total_tokens }),
            span.cost === null ? null : moneyText(span.cost, i18n.language),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="w-20 shrink-0 text-right text-text-muted tabular-nums">
          {span.duration_ms === null ? t('open') : durationText(span.duration_ms, i18n.language)}
        </span>
      </button>
    </li>
  )
}
