import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { axisEnd } from './usage-days.ts'

/** One part of each bar, from the bottom up. */
export interface ChartPart {
  readonly name: string
  /** A class that fills: `fill-accent`. */
  readonly fill: string
  /** Of each day, in the order of the days. */
  readonly values: readonly number[]
}

export interface UsageChartProps {
  readonly title: string
  /** As they are shown, in order. */
  readonly days: readonly string[]
  readonly parts: readonly ChartPart[]
  readonly format: (value: number) => string
  /** The parts of a day stand one before the other instead of one on the other. */
  readonly overlaid?: boolean
}

const [WIDTH, HEIGHT] = [640, 120]
const GAP = 0.25

/** A bar for each day, of one part or several. The numbers are in the table below it, too. */
export function UsageChart({ title, days, parts, format, overlaid }: UsageChartProps): ReactNode {
  const { t } = useTranslation('api')
  const heightOf = (values: readonly number[]): number =>
    overlaid ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0)
  const totals = days.map((_, index) => heightOf(parts.map(({ values }) => values[index] ?? 0)))
  const most = Math.max(0, ...totals)
  const end = axisEnd(most)
  const step = WIDTH / Math.max(1, days.length)
  const scale = (value: number): number => (value / end) * HEIGHT
  return (
    <figure className="flex min-w-0 flex-col gap-2 rounded-lg border border-border p-4">
      <figcaption className="flex flex-col gap-1">
        <span className="font-medium text-sm">{title}</span>
        <span className="flex flex-wrap gap-x-3 gap-y-1 text-text-muted text-xs">
          {parts.map(({ name, fill }) => (
            <span key={name} className="inline-flex items-center gap-1.5">
              <svg width="10" height="10" aria-hidden="true">
                <rect width="10" height="10" rx="2" className={fill} />
              </svg>
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <div className="flex gap-2">
        <div className="flex flex-col justify-between text-right text-xs text-text-muted tabular-nums leading-none">
          <span>{format(end)}</span>
          <span>{format(0)}</span>
        </div>
        <svg
          role="img"
          aria-label={t('usage.chart', { what: title, from: days[0], to: days.at(-1), most: format(most) })}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-30 min-w-0 flex-1"
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <line key={y} x1={0} x2={WIDTH} y1={y} y2={y} className="stroke-border" vectorEffect="non-scaling-stroke" />
          ))}
          {days.map((day, index) => {
            let top = HEIGHT
            return (
              <g key={day}>
                <title>
                  {[day, ...parts.map(({ name, values }) => `${name}: ${format(values[index] ?? 0)}`)].join('\n')}
                </title>
                <rect x={index * step} y={0} width={step} height={HEIGHT} fill="transparent" />
                {parts.map(({ name, fill, values }) => {
                  const height = scale(values[index] ?? 0)
                  const y = overlaid ? HEIGHT - height : top - height
                  top = y
                  return (
                    <rect
                      key={name}
                      x={(index + GAP / 2) * step}
                      y={y}
                      width={step * (1 - GAP)}
                      height={height}
                      className={fill}
                    />
                  )
                })}
              </g>
            )
          })}
        </svg>
      </div>
      <div className="flex justify-between text-xs text-text-muted tabular-nums">
        <span>{days[0]}</span>
        <span>{days.at(-1)}</span>
      </div>
    </figure>
  )
}
