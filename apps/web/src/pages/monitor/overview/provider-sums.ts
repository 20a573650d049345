import type { MonitorSummary } from '@runnel/protocol/monitor-summary'

type ModelRow = MonitorSummary['models']['rows'][number]

/** What the models of each provider came to together, the costliest first. A cost that is not known adds nothing. */
export function providersOf(rows: readonly ModelRow[]): readonly ModelRow[] {
  const groups = Map.groupBy(rows, ({ provider }) => provider)
  const sums = [...groups].map(([provider, models]): ModelRow => {
    const sum = (of: (row: ModelRow) => number) => models.reduce((total, row) => total + of(row), 0)
    return {
      provider,
      model: '',
      calls: sum(({ calls }) => calls),
      unpriced_calls: sum(({ unpriced_calls }) => unpriced_calls),
      input_tokens: sum(({ input_tokens }) => input_tokens),
      output_tokens: sum(({ output_tokens }) => output_tokens),
      cost: models.every(({ cost }) => cost === null) ? null : sum(({ cost }) => cost ?? 0),
    }
  })
  return sums.toSorted((a, b) => (b.cost ?? -1) - (a.cost ?? -1))
}
