import type { RunRead } from '@runnel/protocol/monitor'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { RunStatus } from '../../flows/run-status.tsx'
import { useRunState, useWorkspace } from '../editor-context.tsx'
import type { RunOutcome } from '../run/node-run.ts'

const STATUS: Readonly<Record<RunOutcome['kind'], RunRead['status']>> = {
  done: 'succeeded',
  failed: 'failed',
  stopped: 'cancelled',
}

/** How the run of the open flow goes, wherever on the page one works; leads to its timeline. */
export function RunPill(): ReactNode {
  const { t } = useTranslation('workspace')
  const { ui } = useWorkspace()
  const isRunning = useRunState((state) => state.running !== undefined)
  const outcome = useRunState((state) => state.outcome?.kind)
  if (!isRunning && !outcome) return null
  return (
    <button
      type="button"
      title={t('dock.timeline')}
      data-testid="run-pill"
      onClick={() => ui.setState({ isDockOpen: true, dockTab: 'timeline' })}
      className="inline-flex h-7 shrink-0 items-center rounded-full border border-border px-2.5 text-xs hover:bg-surface-hover max-xl:hidden"
    >
      {/* Its words come with the first run. */}
      <Suspense fallback={null}>
        <RunStatus status={isRunning || !outcome ? 'running' : STATUS[outcome]} />
      </Suspense>
    </button>
  )
}
