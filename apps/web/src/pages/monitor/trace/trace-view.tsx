import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runTraceQuery } from '../../../api/runs.ts'
import { rowHeight } from '../../../app/density.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { SearchInput } from '../../../ui/search-input.tsx'
import { ErrorState, Skeleton } from '../../../ui/status.tsx'
import { timeOf } from '../../../ui/time.tsx'
import { SpanDetail } from './span-detail.tsx'
import { SpanLine } from './span-line.tsx'
import { kindsIn, rowsOf, type SpanKind } from './span-rows.ts'

const ROW_PX = 34

export interface TraceViewProps {
  readonly runId: string
  readonly flowId: string
  /** Still goes on: read again and again. */
  readonly isLive: boolean
}

/** A run as a tree of what happened in it, beside when it happened; the chosen part in detail. */
export function TraceView({ runId, flowId, isLive }: TraceViewProps): ReactNode {
  const { t } = useTranslation('trace')
  const { data: spans = [], isPending, error, refetch } = useQuery(runTraceQuery(runId, isLive))
  const [kinds, setKinds] = useState<ReadonlySet<SpanKind>>(new Set())
  const [search, setSearch] = useState('')
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [chosen, setChosen] = useState<string>()
  const rows = useMemo(() => rowsOf(spans, { kinds, search, collapsed }), [spans, kinds, search, collapsed])
  const scroller = useRef<HTMLDivElement>(null)
  const height = rowHeight(ROW_PX)
  const lines = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
  })
  if (isPending) return <Skeleton className="h-60" />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />

  const parents = spans.filter(({ id }) => spans.some(({ parent_id: parent }) => parent === id))
  const time = timeIn(spans)
  const span = spans.find(({ id }) => id === chosen)
  return (
    <section aria-label={t('title')} className="flex flex-col gap-2" data-testid="trace">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="mr-2 font-semibold">{t('title')}</h3>
        <SearchInput value={search} onChange={setSearch} label={t('search')} className="min-w-48 flex-1" />
        {kindsIn(spans).map((kind) => (
          <Button
            key={kind}
            size="sm"
            aria-pressed={kinds.has(kind)}
            className="aria-pressed:border-accent aria-pressed:bg-accent-soft"
            onClick={() => setKinds(toggled(kinds, kind))}
          >
            {t(`kind.${kind}`)}
          </Button>
        ))}
        <Button
          size="sm"
          onClick={() => setCollapsed(collapsed.size > 0 ? new Set() : new Set(parents.slice(1).map(({ id }) => id)))}
        >
          {t(collapsed.size > 0 ? 'expandAll' : 'collapseAll')}
        </Button>
        <CopyButton text={JSON.stringify(spans, null, 2)} label={t('copy')} />
      </div>
      {spans.length <= 1 ? <p className="text-sm text-text-muted">{t('none')}</p> : null}
      {rows.length === 0 ? <p className="text-sm text-text-muted">{t('noneMatch')}</p> : null}
      <div className={span ? 'grid gap-3 xl:grid-cols-[minmax(0,1fr)_minmax(0,30rem)]' : 'grid'}>
        <div
          ref={scroller}
          className="max-h-[32rem] min-w-0 self-start overflow-auto rounded-lg border border-border"
          data-testid="trace-lines"
        >
          <ol className="relative min-w-[34rem]" style={{ height: lines.getTotalSize() }}>
            {lines.getVirtualItems().map(({ index, start }) => {
              const row = rows[index]
              return row ? (
                <SpanLine
                  key={row.span.id}
                  row={row}
                  time={time}
                  place={{ top: start, height }}
                  isCollapsed={collapsed.has(row.span.id)}
                  isChosen={row.span.id === chosen}
                  onToggle={() => setCollapsed(toggled(collapsed, row.span.id))}
                  onChoose={() => setChosen(row.span.id === chosen ? undefined : row.span.id)}
                />
              ) : null
            })}
          </ol>
        </div>
        {span ? <SpanDetail span={span} flowId={flowId} runId={runId} /> : null}
      </div>
    </section>
  )
}

function toggled<Item>(items: ReadonlySet<Item>, item: Item): ReadonlySet<Item> {
  const next = new Set(items)
  if (!next.delete(item)) next.add(item)
  return next
}

/** Begin and end of a run, epoch milliseconds: parts are kept more exactly than the whole. */
function timeIn(spans: Parameters<typeof rowsOf>[0]): readonly [number, number] {
  const begins = spans.map(({ started_at: at }) => timeOf(at))
  const ends = spans.map(({ started_at: at, duration_ms: ms }) => timeOf(at) + (ms ?? 0))
  return [Math.min(...begins), Math.max(...ends)]
}
