import type { TraceSpan } from '@runnel/protocol/monitor'

/** A span as a line of the trace. */
export interface SpanRow {
  readonly span: TraceSpan
  /** 0 for the run. */
  readonly depth: number
  readonly hasChildren: boolean
}

export type SpanKind = TraceSpan['kind']

export interface SpanFilter {
  /** Kinds that are shown; all when there are none. */
  readonly kinds: ReadonlySet<SpanKind>
  /** A part of a name or of what was given and gave, in any case. */
  readonly search: string
  /** Ids of the spans whose parts are not shown. */
  readonly collapsed: ReadonlySet<string>
}

/**
 * The lines of a trace, each below what it is a part of. What a filter leaves out is shown where a part of it is shown,
 * so that every line has its place; then nothing is collapsed.
 */
export function rowsOf(spans: readonly TraceSpan[], { kinds, search, collapsed }: SpanFilter): readonly SpanRow[] {
  const ids = new Set(spans.map(({ id }) => id))
  const children = Map.groupBy(spans, ({ parent_id: parent }) => (parent !== null && ids.has(parent) ? parent : null))
  const part = search.trim().toLowerCase()
  const isFiltered = kinds.size > 0 || part !== ''
  const fits = (span: TraceSpan): boolean =>
    (kinds.size === 0 || kinds.has(span.kind)) && (part === '' || textOf(span).includes(part))
  const rows = (parent: string | null, depth: number): readonly SpanRow[] =>
    (children.get(parent) ?? []).flatMap((span) => {
      const below = isFiltered || !collapsed.has(span.id) ? rows(span.id, depth + 1) : []
      if (isFiltered && below.length === 0 && !fits(span)) return []
      return [{ span, depth, hasChildren: children.has(span.id) }, ...below]
    })
  return rows(null, 0)
}

const textOf = ({ name, input, output, error, node_id: nodeId }: TraceSpan): string =>
  JSON.stringify([name, nodeId, error, input, output]).toLowerCase()

/** The kinds a trace has, in the order of nesting. */
export const kindsIn = (spans: readonly TraceSpan[]): readonly SpanKind[] =>
  (['component', 'model', 'tool', 'retriever'] as const).filter((kind) => spans.some((span) => span.kind === kind))

/** Where the bar of a span stands, in hundredths of the run. */
export function barOf(
  { started_at, duration_ms }: Pick<TraceSpan, 'started_at' | 'duration_ms'>,
  [begin, end]: readonly [number, number],
): { readonly left: number; readonly width: number } {
  const length = Math.max(1, end - begin)
  const startedAt = Date.parse(started_at)
  const left = Math.min(99, Math.max(0, ((startedAt - begin) / length) * 100))
  const lasted = duration_ms ?? end - startedAt
  return { left, width: Math.min(100 - left, Math.max(0.5, (lasted / length) * 100)) }
}
