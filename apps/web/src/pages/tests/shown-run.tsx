import { cancelFlowTestRun } from '@runnel/protocol/flow-tests'
import { useQuery } from '@tanstack/react-query'
import { Square } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { flowTestsChanged, testRunQuery } from '../../api/flow-tests.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { ErrorState, Skeleton } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { TestResults } from './test-results.tsx'

export interface ShownRunProps {
  readonly flowId: string
  readonly runId: string
}

/** A run of tests: how far it is, and what each test gave. */
export function ShownRun({ flowId, runId }: ShownRunProps): ReactNode {
  const { t } = useTranslation('tests')
  const { data: run, error, refetch } = useQuery(testRunQuery(flowId, runId))
  const status = run?.status
  useEffect(() => {
    // How each test went the last time is known now.
    if (status !== undefined && status !== 'running') void flowTestsChanged(flowId)
  }, [status, flowId])
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!run) return <Skeleton className="h-40" />

  const done = run.results.filter(({ state }) => state === 'passed' || state === 'failed').length
  const isOn = run.status === 'running'
  async function cancel(): Promise<void> {
    const params = { flow_id: flowId, test_run_id: runId }
    await attempt(t('cancelFailed'), () => client.call(cancelFlowTestRun, { params }))
    await flowTestsChanged(flowId)
  }
  return (
    <section className="flex flex-col gap-2" data-testid="test-run" data-state={run.status}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="font-medium">{t('results')}</h2>
        <span className="text-sm text-text-muted">
          {t(`targets.${run.target}`, { number: run.version })} · <Time at={run.started_at} />
        </span>
        <span role="status" className="text-sm" data-testid="test-run-state">
          {isOn
            ? t('progress', { done, total: run.total })
            : t(`outcomes.${run.status}`, { passed: run.passed, total: run.total })}
        </span>
        {isOn ? (
          <Button size="sm" onClick={() => void cancel()} data-testid="cancel-tests">
            <Square size={12} />
            {t('cancel')}
          </Button>
        ) : null}
      </div>
      {isOn ? <ProgressBar label={t('results')} percent={Math.round((100 * done) / run.total)} /> : null}
      <TestResults run={run} />
    </section>
  )
}
