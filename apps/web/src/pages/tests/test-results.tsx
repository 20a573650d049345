import type { FlowTestResult, FlowTestRunDetails } from '@runnel/protocol/flow-tests'
import { Link } from '@tanstack/react-router'
import { ListTree } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { durationText } from '../../ui/duration.ts'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { ResultState } from './result-state.tsx'

/** What each test of a run gave; those that failed are open. */
export function TestResults({ run }: { readonly run: FlowTestRunDetails }): ReactNode {
  const { t } = useTranslation('tests')
  return (
    <ul aria-label={t('results')} className="divide-y divide-border rounded-lg border border-border text-sm">
      {run.results.map((result) => (
        <Result key={`${run.id} ${result.test_id} ${result.state}`} result={result} />
      ))}
    </ul>
  )
}

function Result({ result }: { readonly result: FlowTestResult }): ReactNode {
  const { t, i18n } = useTranslation('tests')
  const { name, state, reason, run_id, duration_ms } = result
  const isDone = state === 'passed' || state === 'failed'
  const head = (
    <>
      <ResultState state={state} />
      <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
      {duration_ms === null ? null : (
        <span className="text-text-muted text-xs tabular-nums">{durationText(duration_ms, i18n.language)}</span>
      )}
    </>
  )
  if (!isDone) return <li className="flex min-h-9 items-center gap-3 px-3 py-1.5">{head}</li>
  return (
    <li data-testid={`result-${name}`}>
      <details open={state === 'failed'}>
        <summary className="flex min-h-9 cursor-pointer items-center gap-3 px-3 py-1.5 hover:bg-surface-muted">
          {head}
        </summary>
        <div className="flex flex-col gap-3 px-3 pt-1 pb-3">
          {reason ? (
            <p className="wrap-anywhere whitespace-pre-wrap rounded-md bg-danger-soft p-2 text-danger">
              {t(`reasons.${reason.code}`)}
              {reason.detail === '' ? '' : `\n${reason.detail}`}
            </p>
          ) : null}
          <div className="grid gap-3 md:grid-cols-2">
            <Text label={t(`expects.${result.check}`)} text={result.expected} />
            <Text label={t('actual')} text={result.actual ?? t('notKept')} />
          </div>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-text-muted text-xs">
            <span className="wrap-anywhere line-clamp-2 min-w-0 flex-1">
              {t('input')}: {result.input_value || '–'}
            </span>
            {run_id === null ? null : (
              <Link
                to="/monitor/runs/$runId"
                params={{ runId: run_id }}
                className="inline-flex min-h-6 items-center gap-1.5 text-accent hover:underline"
              >
                <ListTree size={14} />
                {t('openRun')}
              </Link>
            )}
          </div>
        </div>
      </details>
    </li>
  )
}

const Text = ({ label, text }: { readonly label: string; readonly text: string }): ReactNode => (
  <div className="min-w-0">
    <h4 className="mb-1 text-text-muted text-xs">{label}</h4>
    <ScrollBox
      label={label}
      className="wrap-anywhere max-h-60 overflow-y-auto whitespace-pre-wrap rounded-md bg-surface-muted p-2"
    >
      {text}
    </ScrollBox>
  </div>
)
