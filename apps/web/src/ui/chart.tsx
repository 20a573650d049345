import { ChartColumn, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './button.tsx'
import { linePath, mostOf, niceEnd, stackedBars } from './chart-layout.ts'
import { classNames } from './class-names.ts'
import { Cell, Head, HeadRow, Row, Table } from './table.tsx'

export interface ChartSeries {
  readonly name: string
  /** Classes that fill and draw: `fill-accent stroke-accent`. */
  readonly look: string
  /** Of each slot; null where nothing is known. */
  readonly values: readonly (number | null)[]
}

export interface ChartProps {
  readonly title: string
  /** The names of the slots. */
  readonly slots: readonly string[]
  readonly series: readonly ChartSeries[]
  readonly format: (value: number) => string
  /** Lines beside each other instead of bars on each other. */
  readonly lines?: boolean
  /** What the numbers leave out. */
  readonly note?: string | undefined
}

const [WIDTH, HEIGHT] = [480, 120]

/** A small chart over time, which is a table, too, for whoever wants the numbers. */
export function Chart({ title, slots, series, format, lines = false, note }: ChartProps): ReactNode {
  const { t } = useTranslation('chart')
  const [isTable, setIsTable] = useState(false)
  return (
    <figure aria-label={title} className="flex min-w-0 flex-col gap-2 rounded-lg border border-border p-4">
      <figcaption className="flex flex-col gap-1">
        <span className="flex items-center justify-between gap-2">
          <span className="font-medium text-sm">{title}</span>
          <IconButton
            size="sm"
            label={isTable ? t('asChart', { title }) : t('asTable', { title })}
            onClick={() => setIsTable(!isTable)}
          >
            {isTable ? <ChartColumn size={14} /> : <Table2 size={14} />}
          </IconButton>
        </span>
        {/* One series is what the title says. */}
        <span className="flex min-h-4 flex-wrap gap-x-3 gap-y-1 text-text-muted text-xs">
          {(series.length > 1 ? series : []).map(({ name, look }) => (
            <span key={name} className="inline-flex items-center gap-1.5">
              <svg width="10" height="10" aria-hidden="true">
                <rect width="10" height="10" rx="2" className={classNames(look, 'stroke-none')} />
              </svg>
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      {isTable ? (
        <div className="max-h-60 overflow-y-auto">
          <Numbers title={title} slots={slots} series={series} format={format} />
        </div>
      ) : (
        <Drawing title={title} slots={slots} series={series} format={format} lines={lines} />
      )}
      {note ? <p className="text-text-muted text-xs">{note}</p> : null}
    </figure>
  )
}

type PartProps = Omit<ChartProps, 'note'>

function Numbers({ title, slots, series, format }: PartProps): ReactNode {
  const { t } = useTranslation('chart')
  return (
    <Table label={title}>
      <HeadRow>
        <Head>{t('time')}</Head>
        {series.map(({ name }) => (
          <Head key={name} className="text-right">
            {name}
          </Head>
        ))}
      </HeadRow>
      <tbody>
        {slots.map((slot, index) => (
          <Row key={slot}>
            <Cell className="whitespace-nowrap">{slot}</Cell>
            {series.map(({ name, values }) => {
              const value = values[index] ?? null
              return (
                <Cell key={name} className="text-right tabular-nums">
                  {value === null ? '–' : format(value)}
                </Cell>
              )
            })}
          </Row>
        ))}
      </tbody>
    </Table>
  )
}

function Drawing({ title, slots, series, format, lines = false }: PartProps): ReactNode {
  const { t } = useTranslation('chart')
  const most = mostOf(
    series.map(({ values }) => values),
    !lines,
  )
  const area = { width: WIDTH, height: HEIGHT, end: niceEnd(most) }
  const bars = lines
    ? []
    : stackedBars(
        series.map(({ values }) => values.map((value) => value ?? 0)),
        area,
      )
  const step = WIDTH / Math.max(1, slots.length)
  if (most === 0) {
    return <p className="flex h-30 items-center justify-center text-sm text-text-muted">{t('noData')}</p>
  }
  return (
    <>
      <div className="flex gap-2">
        <div className="flex flex-col justify-between text-right text-xs text-text-muted tabular-nums leading-none">
          <span>{format(area.end)}</span>
          <span>{format(0)}</span>
        </div>
        <svg
          role="img"
          aria-label={t('drawing', { title, from: slots[0], to: slots.at(-1), most: format(most) })}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-30 min-w-0 flex-1"
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <line key={y} x1={0} x2={WIDTH} y1={y} y2={y} className="stroke-border" vectorEffect="non-scaling-stroke" />
          ))}
          {series.map(({ name, look, values }, index) =>
            lines ? (
              <path
                key={name}
                d={linePath(values, area)}
                className={look}
                // Of the classes that fill and draw, a line wants the second alone.
                style={{ fill: 'none' }}
                strokeWidth={2}
                strokeLinejoin="round"
                vectorEffect="non-scaling-stroke"
              />
            ) : (
              <g key={name} className={classNames(look, 'stroke-none')}>
                {bars[index]?.map((bar) => (bar.height > 0 ? <rect key={bar.x} {...bar} /> : null))}
              </g>
            ),
          )}
          {slots.map((slot, index) => (
            <rect key={slot} x={index * step} y={0} width={step} height={HEIGHT} fill="transparent">
              <title>{[slot, ...series.map(({ name, values }) => said(name, values[index] ?? null))].join('\n')}</title>
            </rect>
          ))}
        </svg>
      </div>
      <div className="flex justify-between text-xs text-text-muted tabular-nums">
        <span>{slots[0]}</span>
        <span>{slots.at(-1)}</span>
      </div>
    </>
  )

  function said(name: string, value: number | null): string {
    return `${name}: ${value === null ? '–' : format(value)}`
  }
}
