import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { testScoresQuery } from '../../../api/flow-tests.ts'
import type { SummaryFilter } from '../../../api/summary.ts'
import { ScoreChart } from '../../tests/score-chart.tsx'
import { useFlowNames } from '../flow-filter.tsx'

/** How the tests of flows went in the time that is looked at; nothing where none ran. */
export function TestScores({ filter }: { readonly filter: SummaryFilter }): ReactNode {
  const names = useFlowNames()
  const { data: runs = [] } = useQuery(testScoresQuery(filter))
  if (runs.length === 0) return null
  const isOfOne = filter.flow_id !== undefined
  return (
    <div className="max-w-3xl">
      <ScoreChart runs={runs} {...(!isOfOne && { nameOf: (id: string) => names.get(id) ?? id.slice(0, 8) })} />
    </div>
  )
}
