import type { FlowRead } from '@runnel/protocol/flows'
import type { RunRead, RunStepRead } from '@runnel/protocol/monitor'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { History, X } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { runGraphQuery, runQuery } from '../../api/runs.ts'
import { RunStatus } from '../../flows/run-status.tsx'
import { Button } from '../../ui/button.tsx'
import { absoluteTime, timeOf } from '../../ui/time.tsx'
import { useGoToNode } from '../dock/use-go-to-node.ts'
import { useEditorState, useRunState } from '../editor-context.tsx'
import { ReplayActions } from './replay-actions.tsx'
import { ReplayControls } from './replay-controls.tsx'
import { ReplayStep } from './replay-step.tsx'
import { useReplay } from './use-replay.ts'

export interface ReplayBarProps {
  readonly runId: string
  readonly flow: FlowRead
}

/** A past run on the canvas: which it is, a slider through its stops, and the way back. */
export function ReplayBar({ runId, flow }: ReplayBarProps): ReactNode {
  const { t } = useTranslation('replay')
  const { data: run, error } = useQuery(runQuery(runId))
  const problem = error ?? (run && run.flow_id !== flow.id ? new Error(t('otherFlow')) : undefined)
  return (
    <section aria-label={t('label')} className="shrink-0 border-border border-b bg-info-soft" data-testid="replay-bar">
      {problem ? (
        <div role="alert" className="flex items-center gap-3 px-4 py-1.5 text-danger text-sm">
          <span className="flex-1">{problem.message}</span>
          <LeaveButton flowId={flow.id} />
        </div>
      ) : null}
      {run && !problem ? <OpenReplay run={run} flow={flow} /> : null}
    </section>
  )
}

function LeaveButton({ flowId }: { readonly flowId: string }): ReactNode {
  const { t } = useTranslation('replay')
  const navigate = useNavigate()
  return (
    <Button
      size="sm"
      data-testid="leave-replay"
      onClick={() => void navigate({ to: '/flow/$flowId', params: { flowId }, search: {} })}
    >
      <X size={14} />
      {t('leave')}
    </Button>
  )
}

interface OpenReplayProps {
  readonly run: RunRead & { readonly steps: readonly RunStepRead[] }
  readonly flow: FlowRead
}

function OpenReplay({ run, flow }: OpenReplayProps): ReactNode {
  const { t, i18n } = useTranslation('replay')
  const navigate = useNavigate()
  const replay = useReplay(run.steps)
  const lost = useEditorState(({ document }) => lostNodes(run.steps, new Set(document.nodes.map(({ id }) => id))))
  const isRunning = useRunState(({ running }) => running !== undefined)
  useEffect(() => {
    if (isRunning) void navigate({ to: '/flow/$flowId', params: { flowId: flow.id }, search: {} })
  }, [isRunning, navigate, flow.id])
  const { data: ran } = useQuery(runGraphQuery(run.id))
  const { node } = useSearch({ strict: false })
  const goToNode = useGoToNode()
  useEffect(() => {
    if (node !== undefined) goToNode(node)
  }, [node, goToNode])
  const hasChanged = timeOf(flow.updated_at ?? '') > timeOf(run.started_at)
  return (
    <div className="flex flex-col gap-1 px-4 py-1.5 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <History size={14} className="shrink-0 text-info" />
        <Link
          to="/monitor/runs/$runId"
          params={{ runId: run.id }}
          className="min-h-6 font-medium leading-6 hover:underline"
        >
          {t('runOf', {
            time: absoluteTime(timeOf(run.started_at), i18n.language),
            version: run.published_version === null ? t('draft') : t('version', { number: run.published_version }),
          })}
        </Link>
        <RunStatus status={run.status} />
        <span className="min-w-52 flex-1 text-text-muted">
          {ran ? t('asThen') : lost > 0 ? t('lost', { count: lost }) : hasChanged ? t('changed') : ''}
        </span>
        <span className="ml-auto flex flex-wrap gap-x-3 gap-y-1">
          <ReplayActions run={run} />
          <LeaveButton flowId={flow.id} />
        </span>
      </div>
      {run.steps.length === 0 ? (
        <p className="text-text-muted">{t('empty')}</p>
      ) : (
        <>
          <ReplayControls replay={replay} />
          {replay.current ? <ReplayStep stop={replay.current} /> : null}
        </>
      )}
    </div>
  )
}

/** How many nodes have run that the flow has no longer. */
const lostNodes = (steps: readonly RunStepRead[], present: ReadonlySet<string>): number =>
  new Set(steps.map(({ component_id: id }) => id).filter((id) => !present.has(id))).size
