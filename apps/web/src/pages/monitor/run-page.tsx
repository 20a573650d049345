import { deleteRuns, type RunRead } from '@runnel/protocol/monitor'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import {
  ArrowLeft,
  CircleAlert,
  ExternalLink,
  EyeOff,
  FlaskConical,
  History,
  MessagesSquare,
  Trash2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../../api/client.ts'
import { runQuery, runsChanged } from '../../api/runs.ts'
import { failureReason } from '../../flows/failure-reason.ts'
import { RunStatus } from '../../flows/run-status.tsx'
import { componentText, useComponentText } from '../../i18n/component-text.ts'
import { attempt } from '../../ui/attempt.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { durationText } from '../../ui/duration.ts'
import { costText } from '../../ui/money.ts'
import { ErrorState, Skeleton } from '../../ui/status.tsx'
import { Time } from '../../ui/time.tsx'
import { useFlowNames } from './flow-filter.tsx'
import { useKeyNames } from './run-table.tsx'
import { RunWords } from './run-words.tsx'
import { TraceView } from './trace/trace-view.tsx'

const FLOW_LINK =
  'inline-flex h-8 items-center gap-1.5 rounded-md border border-border px-3 font-medium text-sm hover:bg-surface-hover'

/** One run: how it went as a whole, then what happened inside. */
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
  const failed = run.steps.find(({ component_id: id }) => id === run.failed_component)
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('runs.status'), <RunStatus key="status" status={run.status} />],
    [t('runs.kind'), t(`kind.${run.kind}`)],
    ...(run.started_by === null ? [] : [[t('runs.startedBy'), run.started_by] as const]),
    [t('started'), <Time key="started" at={run.started_at} exact />],
    [t('duration'), run.duration_ms === null ? '–' : durationText(run.duration_ms, i18n.language)],
    [t('tokens'), t('tokenCounts', { input: run.token_usage.input_tokens, output: run.token_usage.output_tokens })],
    [
      t('runs.column.cost'),
      costText(run, i18n.language) ??
        (run.unpriced_tokens > 0 ? t('runs.unpriced', { count: run.unpriced_tokens }) : '–'),
    ],
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
        <h2 className="min-w-40 flex-1 truncate font-semibold text-lg">{name ?? t('runs.deletedFlow')}</h2>
        {name ? <FlowLinks run={run} /> : null}
        {/* What is said to test a flow, or in private, is not kept as a conversation. */}
        {run.kind === 'eval' || run.is_private ? null : (
          <Button
            onClick={() => void navigate({ to: '/monitor/messages', search: { session: run.session_id } as never })}
          >
            <MessagesSquare size={14} />
            {t('runs.messages')}
          </Button>
        )}
        <CopyButton text={JSON.stringify(run, null, 2)} label={t('steps.copy')} />
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
      {run.is_private ? (
        <p
          className="flex items-start gap-2 rounded-lg bg-surface-muted p-3 text-sm"
          role="status"
          data-testid="run-private"
        >
          <EyeOff size={16} className="mt-0.5 shrink-0 text-text-muted" />
          {t('runs.private')}
        </p>
      ) : null}
      <RunWords input={run.input} output={run.output} />
      {run.error ? (
        <div
          role="alert"
          className="wrap-anywhere flex items-start gap-2 rounded-lg bg-danger-soft p-3 text-danger text-sm"
        >
          <CircleAlert size={16} className="mt-0.5 shrink-0" />
          <span className="whitespace-pre-wrap">
            {run.failed_component ? (
              <b>
                {t('runs.failedIn', {
                  node: failed ? componentText(failed.component_display_name) : run.failed_component,
                })}
              </b>
            ) : null}
            {run.failed_component ? failureReason(run.error) : run.error}
          </span>
        </div>
      ) : null}
      {run.is_private ? null : (
        <TraceView runId={run.id} flowId={run.flow_id} isLive={run.status === 'queued' || run.status === 'running'} />
      )}
    </div>
  )
}

/** Where to go on in the flow of a run; there is nothing to replay of one that was private. */
function FlowLinks({ run }: { readonly run: Pick<RunRead, 'id' | 'flow_id' | 'is_private'> }): ReactNode {
  const { t } = useTranslation('monitor')
  const params = { flowId: run.flow_id }
  return (
    <>
      {run.is_private ? null : (
        <Link
          to="/flow/$flowId"
          params={params}
          search={{ run: run.id }}
          className={FLOW_LINK}
          data-testid="replay-run"
        >
          <History size={14} />
          {t('runs.replay')}
        </Link>
      )}
      <Link to="/flow/$flowId" params={params} className={FLOW_LINK}>
        <ExternalLink size={14} />
        {t('runs.openFlow')}
      </Link>
      {run.is_private ? null : (
        <Link
          to="/flow/$flowId/tests"
          params={params}
          search={{ save: run.id }}
          className={FLOW_LINK}
          data-testid="save-as-test"
        >
          <FlaskConical size={14} />
          {t('runs.saveAsTest')}
        </Link>
      )}
    </>
  )
}
