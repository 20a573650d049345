import { deleteRuns, type RunStepRead } from '@runnel/protocol/monitor'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import {
  ArrowLeft,
  ChevronRight,
  CircleAlert,
  CircleCheck,
  ExternalLink,
  History,
  MessagesSquare,
  Trash2,
} from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { runQuery, runsChanged } from '../../api/runs.ts'
import { RunStatus } from '../../flows/run-status.tsx'
import { componentText, useComponentText } from '../../i18n/component-text.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { confirm } from '../../ui/confirm.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { durationText } from '../../ui/duration.ts'
import { JsonBlock } from '../../ui/json-block.tsx'
import { ErrorState, Skeleton } from '../../ui/status.tsx'
import { Time, timeOf } from '../../ui/time.tsx'
import { useFlowNames } from './flow-filter.tsx'
import { useKeyNames } from './run-table.tsx'
import { RunWords } from './run-words.tsx'

const FLOW_LINK =
  'inline-flex h-8 items-center gap-1.5 rounded-md border border-border px-3 font-medium text-sm hover:bg-surface-hover'

/** One run: how it went as a whole, then each node with its time, inputs and outputs. */
export function RunPage(): ReactNode {
  const { t, i18n } = useTranslation('monitor')
  useComponentText()
  const navigate = useNavigate()
  const { runId = '' } = useParams({ strict: false })
  const names = useFlowNames()
  const { data: run, isPending, error, refetch } = useQuery(runQuery(runId))
  const keyNames = useKeyNames(typeof run?.key_id === 'string')
  if (isPending) return <Skeleton className="h-60" />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />

  async function remove(): Promise<void> {
    const yes = await confirm({
      title: t('runs.remove', { count: 1 }),
      text: t('runs.removeText'),
      confirm: t('runs.removeConfirm', { count: 1 }),
      danger: true,
    })
    if (!yes || !(await attempt(t('failed'), () => client.call(deleteRuns, { body: [runId] })))) return
    await navigate({ to: '/monitor/runs' })
    await runsChanged()
  }

  const name = names.get(run.flow_id)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('runs.status'), <RunStatus key="status" status={run.status} />],
    [t('runs.kind'), t(`kind.${run.kind}`)],
    [t('started'), <Time key="started" at={run.started_at} exact />],
    [t('duration'), run.duration_ms === null ? '–' : durationText(run.duration_ms, i18n.language)],
    [t('tokens'), t('tokenCounts', { input: run.token_usage.input_tokens, output: run.token_usage.output_tokens })],
    [t('session'), run.session_id],
    [t('attempts'), run.attempts],
    [
      t('runs.column.version'),
      run.published_version === null ? t('runs.draft') : t('runs.version', { number: run.published_version }),
    ],
    ...(run.key_id === null
      ? []
      : [[t('runs.column.key'), keyNames.get(run.key_id) ?? run.key_id.slice(-12)] as const]),
    [t('runs.id'), run.id],
  ]
  return (
    <div className="flex flex-col gap-6 pb-8">
      <div className="flex flex-wrap items-center gap-2">
        <Link
          to="/monitor/runs"
          className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-sm text-text-muted hover:bg-surface-hover"
        >
          <ArrowLeft size={16} />
          {t('runs.back')}
        </Link>
        <h2 className="min-w-0 flex-1 truncate font-semibold text-lg">{name ?? t('runs.deletedFlow')}</h2>
        {name ? (
          <>
            <Link
              to="/flow/$flowId"
              params={{ flowId: run.flow_id }}
              search={{ run: run.id }}
              className={FLOW_LINK}
              data-testid="replay-run"
            >
              <History size={14} />
              {t('runs.replay')}
            </Link>
            <Link to="/flow/$flowId" params={{ flowId: run.flow_id }} className={FLOW_LINK}>
              <ExternalLink size={14} />
              {t('runs.openFlow')}
            </Link>
          </>
        ) : null}
        <Button
          onClick={() => void navigate({ to: '/monitor/messages', search: { session: run.session_id } as never })}
        >
          <MessagesSquare size={14} />
          {t('runs.messages')}
        </Button>
        <Button onClick={() => void remove()}>
          <Trash2 size={14} />
          {t('delete')}
        </Button>
      </div>
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(200px,1fr))] gap-4 rounded-lg border border-border p-4">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-text-muted text-xs">{label}</dt>
            <dd className="wrap-anywhere text-sm">{value}</dd>
          </div>
        ))}
      </dl>
      <RunWords input={run.input} output={run.output} />
      {run.error ? (
        <div
          role="alert"
          className="wrap-anywhere flex items-start gap-2 rounded-lg bg-danger-soft p-3 text-danger text-sm"
        >
          <CircleAlert size={16} className="mt-0.5 shrink-0" />
          <span className="whitespace-pre-wrap">
            {run.failed_component ? <b>{run.failed_component}: </b> : null}
            {run.error}
          </span>
        </div>
      ) : null}
      <section aria-label={t('steps.title')}>
        <div className="mb-2 flex items-center justify-between">
          <h3 className="font-semibold">{t('steps.title')}</h3>
          <CopyButton text={JSON.stringify(run, null, 2)} label={t('steps.copy')} />
        </div>
        {run.steps.length === 0 ? <p className="text-sm text-text-muted">{t('steps.none')}</p> : null}
        <ol className="divide-y divide-border rounded-lg border border-border empty:hidden">
          {run.steps.map((step, index) => (
            <Step
              // biome-ignore lint/suspicious/noArrayIndexKey: a node may have run more than once
              key={index}
              step={step}
              span={[timeOf(run.started_at), run.ended_at ? timeOf(run.ended_at) : Date.now()]}
            />
          ))}
        </ol>
      </section>
    </div>
  )
}

interface StepProps {
  readonly step: RunStepRead
  /** Begin and end of the run, epoch milliseconds. */
  readonly span: readonly [number, number]
}

/** A node's turn: a bar for its time within the run, and what it was given and gave. */
function Step({ step, span: [begin, end] }: StepProps): ReactNode {
  const { t, i18n } = useTranslation('monitor')
  const [isOpen, setOpen] = useState(false)
  const length = Math.max(1, end - begin)
  const left = Math.min(99, Math.max(0, ((timeOf(step.started_at) - begin) / length) * 100))
  const width = Math.min(100 - left, Math.max(0.5, (step.duration_ms / length) * 100))
  const total = step.token_usage?.total_tokens ?? 0
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-center gap-3 px-3 py-2 text-left text-sm hover:bg-surface-muted"
      >
        <ChevronRight size={14} className={classNames('shrink-0 transition-transform', isOpen && 'rotate-90')} />
        {step.valid ? (
          <CircleCheck size={14} role="img" aria-label={t('status.succeeded')} className="shrink-0 text-success" />
        ) : (
          <CircleAlert size={14} role="img" aria-label={t('status.failed')} className="shrink-0 text-danger" />
        )}
        <span className="w-48 shrink-0 truncate font-medium">{componentText(step.component_display_name)}</span>
        <span className="relative h-2 min-w-0 flex-1 rounded-full bg-surface-hover">
          <span
            className={classNames('absolute inset-y-0 rounded-full', step.valid ? 'bg-accent' : 'bg-danger')}
            style={{ left: `${left}%`, width: `${width}%` }}
          />
        </span>
        {total > 0 ? (
          <span className="shrink-0 text-text-muted text-xs">{t('steps.tokens', { count: total })}</span>
        ) : null}
        <span className="w-20 shrink-0 text-right text-text-muted tabular-nums">
          {durationText(step.duration_ms, i18n.language)}
        </span>
      </button>
      {isOpen ? (
        <div className="flex flex-col gap-3 px-3 pb-4 pl-10">
          <p className="font-mono text-text-muted text-xs">{step.component_id}</p>
          {step.error ? <JsonBlock label={t('error')} value={step.error} /> : null}
          <div className="grid gap-3 lg:grid-cols-2">
            <JsonBlock label={t('inputs')} value={step.inputs} />
            <JsonBlock label={t('outputs')} value={step.outputs} />
          </div>
          {Object.values(step.logs).some((entries) => Array.isArray(entries) && entries.length > 0) ? (
            <JsonBlock label={t('steps.logs')} value={step.logs} />
          ) : null}
        </div>
      ) : null}
    </li>
  )
}
