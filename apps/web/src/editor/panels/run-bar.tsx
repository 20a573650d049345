import { RotateCcw, Square, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { partsOfReason } from '../../flows/failure-reason.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { StateIcon } from '../../ui/state-icon.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useRunState, useWorkspace } from '../editor-context.tsx'
import { nodeTitle, standsAt } from '../model/groups.ts'

const SHOWN_MS = 2500

/** How the run goes: what is at work and since when; afterwards how it ended. */
export function RunBar(): ReactNode {
  const running = useRunState((state) => state.running)
  const outcome = useRunState((state) => state.outcome)
  return (
    <div aria-live="polite" className="max-w-full">
      {running ? (
        <Running startedAt={running.startedAt} current={running.current} />
      ) : outcome ? (
        <Ended key={String(outcome.kind)} />
      ) : null}
    </div>
  )
}

const BAR =
  'flex min-w-0 max-w-[640px] items-center gap-3 rounded-md border border-border bg-surface px-3 py-2 text-sm shadow-2'

function Running({
  startedAt,
  current,
}: {
  readonly startedAt: number
  readonly current: string | undefined
}): ReactNode {
  const { t, i18n } = useTranslation('editor')
  const { editor, runner } = useWorkspace()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(timer)
  }, [])
  const name = current === undefined ? undefined : nodeTitle(editor.getDocument(), current)
  return (
    // The announcer tells how it goes.
    <div className={BAR} aria-live="off">
      <StateIcon state="running" size={16} />
      <span className="shimmer truncate">{name ? t('run.running', { name }) : t('run.starting')}</span>
      <span className="text-text-muted tabular-nums" aria-hidden="true">
        {tenths(now - startedAt, i18n.language)}
      </span>
      <Button size="sm" data-testid="stop_building_button" onClick={() => void runner.stop()}>
        <Square size={12} />
        {t('run.stop')}
      </Button>
    </div>
  )
}

function Ended(): ReactNode {
  const { t } = useTranslation('editor')
  const { editor, runner, updates } = useWorkspace()
  const outdated = useStore(updates.store, (found) => found.size)
  const { context } = useActions()
  const outcome = useRunState((state) => state.outcome)
  const dismiss = (): void => runner.store.setState({ outcome: undefined })
  const kind = outcome?.kind
  useEffect(() => {
    if (kind === 'failed' || kind === undefined) return
    const timer = setTimeout(() => runner.store.setState({ outcome: undefined }), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [kind, runner])
  if (!outcome) return null
  if (outcome.kind !== 'failed') {
    return (
      <div className={BAR}>
        <StateIcon state={outcome.kind === 'done' ? 'ok' : 'stopped'} size={16} />
        {t(outcome.kind === 'done' ? 'run.done' : 'run.stopped')}
      </div>
    )
  }
  const { nodeId, message } = outcome
  const name = nodeId === undefined ? undefined : nodeTitle(editor.getDocument(), nodeId)
  return (
    <div role="alert" className={BAR}>
      <StateIcon state="error" size={16} />
      <div className="min-w-0">
        {name && nodeId !== undefined ? (
          <button
            type="button"
            className="min-h-6 font-medium underline"
            onClick={() => {
              const id = standsAt(editor.getDocument(), nodeId)
              editor.select({ nodes: new Set([id]), edges: new Set() })
              context.view.fit([id])
            }}
          >
            {t('run.failedAt', { name })}
          </button>
        ) : (
          <span className="font-medium">{t('run.failed')}</span>
        )}
        <div className="wrap-anywhere line-clamp-3 whitespace-pre-line text-text-muted text-xs">
          {partsOfReason(message).sentence}
        </div>
        {outdated > 0 ? <div className="text-warning text-xs">{t('run.outdated', { count: outdated })}</div> : null}
      </div>
      <Button size="sm" onClick={() => context.runFlow(runner.last())}>
        <RotateCcw size={12} />
        {t('run.again')}
      </Button>
      <IconButton size="sm" label={t('run.dismiss')} onClick={dismiss}>
        <X size={14} />
      </IconButton>
    </div>
  )
}

/** "2.0 s": a time in milliseconds that is seen to pass. */
const tenths = (ms: number, language: string): string =>
  new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'narrow',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(ms / 1000)
