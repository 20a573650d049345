import type { FlowTestRunRead } from '@runnel/protocol/flow-tests'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '../../ui/chart.tsx'
import { STATES } from '../../ui/state-icon.tsx'
import { absoluteTime, timeOf } from '../../ui/time.tsx'

export interface ScoreChartProps {
  /** Runs of all the tests of a flow, the oldest first. */
  readonly runs: readonly FlowTestRunRead[]
  /** Where they are of several flows. */
  readonly nameOf?: (flowId: string) => string
}

/** The share of tests that passed, run by run, each with the version that was tested. */
export function ScoreChart({ runs, nameOf }: ScoreChartProps): ReactNode {
  const { t, i18n } = useTranslation('tests')
  const slots = runs.map((run) =>
    [
      ...(nameOf ? [nameOf(run.flow_id)] : []),
      t(`targets.${run.target}`, { number: run.version }),
      absoluteTime(timeOf(run.ended_at ?? run.started_at), i18n.language),
    ].join(' · '),
  )
  const scores = runs.map(({ score }) => score)
  return (
    <Chart
      title={t('scores')}
      slots={numbered(slots)}
      format={(share) => share.toLocaleString(i18n.language, { style: 'percent', maximumFractionDigits: 1 })}
      series={[
        { name: t('states.passed'), look: STATES.ok.chart, values: scores },
        {
          name: t('states.failed'),
          look: STATES.error.chart,
          values: scores.map((score) => (score === null ? null : 1 - score)),
        },
      ]}
    />
  )
}

/** What came in the same second is told apart. */
function numbered(slots: readonly string[]): readonly string[] {
  return slots.map((slot, at) => {
    const before = slots.slice(0, at).filter((one) => one === slot).length
    return before === 0 ? slot : `${slot} (${before + 1})`
  })
}
