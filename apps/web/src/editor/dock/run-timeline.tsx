import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { durationText } from '../../ui/duration.ts'
import { STATES, type State, StateIcon } from '../../ui/state-icon.tsx'
import { useRunState, useWorkspace } from '../editor-context.tsx'
import { useFromFlow } from '../from-flow.ts'
import { groupIds, standsAt } from '../model/groups.ts'
import { NodeTitle } from './node-title.tsx'
import { timelineOf } from './timeline.ts'
import { useGoToNode } from './use-go-to-node.ts'

const STATE_OF: Readonly<Record<string, State>> = { done: 'ok', failed: 'error', running: 'running', queued: 'waiting' }

const TICK_MS = 250

/** The time, which goes on while the flow runs: what is at work has no end yet. Epoch milliseconds. */
function useNowWhileRunning(): number {
  const isRunning = useRunState((state) => state.running !== undefined)
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => setNow(Date.now()), TICK_MS)
    return () => clearInterval(timer)
  }, [isRunning])
  return now
}

/** A row for each node of the last run: when it began and how long it took. */
export function RunTimeline(): ReactNode {
  const { t, i18n } = useTranslation('workspace')
  const goTo = useGoToNode()
  const { editor } = useWorkspace()
  const groups = useFromFlow(groupIds)
  const nodes = useRunState((state) => state.nodes)
  const since = useRunState((state) => state.lastStartedAt)
  const now = useNowWhileRunning()
  const rows = useMemo(() => {
    const all = since === undefined ? [] : timelineOf(nodes, since, now)
    return all.filter(({ nodeId }) => !groups.includes(nodeId))
  }, [nodes, since, groups, now])
  const total = Math.max(1, ...rows.map(({ startMs, durationMs }) => startMs + durationMs))
  if (rows.length === 0) return <p className="p-4 text-sm text-text-muted">{t('dock.noRun')}</p>
  return (
    <ol className="p-1" data-testid="run-timeline">
      {rows.map(({ nodeId, status, startMs, durationMs }) => (
        <li key={nodeId}>
          <button
            type="button"
            onClick={() => goTo(standsAt(editor.getDocument(), nodeId))}
            className="flex h-8 w-full items-center gap-3 rounded-sm px-2 text-left text-sm hover:bg-surface-hover"
          >
            <StateIcon state={STATE_OF[status] ?? 'idle'} />
            <span className="w-48 shrink-0 truncate">
              <NodeTitle nodeId={nodeId} />
            </span>
            <span className="relative h-3 flex-1 rounded-sm bg-surface-muted" aria-hidden="true">
              <span
                className={`absolute inset-y-0 min-w-1 rounded-sm ${STATES[STATE_OF[status] ?? 'idle'].bar}`}
                style={{ left: `${(startMs / total) * 99}%`, width: `${(durationMs / total) * 99}%` }}
              />
            </span>
            <span className="w-20 shrink-0 text-right text-text-muted text-xs tabular-nums">
              {durationText(durationMs, i18n.language)}
            </span>
          </button>
        </li>
      ))}
    </ol>
  )
}
