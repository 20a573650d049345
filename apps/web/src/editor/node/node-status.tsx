import { Ban, Play, Square } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { mayRun } from '../../projects/may.ts'
import { classNames } from '../../ui/class-names.ts'
import { useHint } from '../../ui/hint.tsx'
import { STATES, StateIcon } from '../../ui/state-icon.tsx'
import { absoluteTime } from '../../ui/time.tsx'
import { useActions } from '../actions/use-actions.tsx'
import { useEditorState, useRunState, useWorkspace } from '../editor-context.tsx'
import { saidBy } from '../output-inspector/shown-output.ts'
import { idleNode } from '../run/node-run.ts'
import { staleNodes } from '../run/stale-nodes.ts'
import { NodeButton } from './node-button.tsx'

/** What the last run showed of a node, and the button that runs up to it or stops the run. */
export function NodeStatus({
  nodeId,
  name,
  isOff,
}: {
  readonly nodeId: string
  readonly name: string
  /** Switched off, which its header says already. */
  readonly isOff: boolean
}): ReactNode {
  const { t, i18n } = useTranslation('fields')
  const workspace = useWorkspace()
  const { runner } = workspace
  const { context } = useActions()
  const run = useRunState((state) => state.nodes.get(nodeId)) ?? idleNode
  const isRunning = useRunState((state) => state.running !== undefined)
  const isStale = useEditorState((state) => staleNodes(state.document, run.ranWith).has(nodeId))
  const { status, duration, message, endedAt, isFrozenResult, tokens } = run
  const slug = name.toLowerCase()
  const ended = isFrozenResult ? 'frozen' : 'ok'
  const isBuilding = status === 'running' || status === 'queued'
  const said = saidBy(run)
  const facts = (
    <span className="flex max-w-80 flex-col">
      {endedAt === undefined ? null : (
        <span>
          {t('node.lastRun', {
            time: absoluteTime(endedAt, i18n.language),
          })}
        </span>
      )}
      {duration ? <span>{t('node.duration', { duration })}</span> : null}
      {tokens ? <span>{t('node.tokens', { count: tokens })}</span> : null}
      {isFrozenResult ? <span>{t('node.fromFrozen')}</span> : null}
      {said === undefined ? null : (
        <span className="wrap-anywhere line-clamp-4 whitespace-pre-wrap" data-testid="node-said">
          {said}
        </span>
      )}
    </span>
  )
  return (
    <span className="flex shrink-0 items-center gap-1">
      {status === 'done' ? (
        <>
          {isStale ? (
            <Hinted label={t('node.stale')}>
              <span role="img" aria-label={t('node.stale')} data-testid={`node_status_icon_${slug}_stale`}>
                <StateIcon state="stale" />
              </span>
            </Hinted>
          ) : null}
          <Hinted label={facts}>
            <span
              className={classNames('flex items-center gap-1 whitespace-nowrap text-xs', STATES[ended].text)}
              data-testid={`node_duration_${slug}`}
            >
              <StateIcon state={ended} size={13} />
              {duration}
            </span>
          </Hinted>
        </>
      ) : null}
      {status === 'failed' ? (
        <Hinted label={<span className="whitespace-pre-wrap">{message}</span>}>
          <span role="img" aria-label={t('node.failed')} data-testid={`node_status_icon_${slug}_error`}>
            <StateIcon state="error" size={15} />
          </span>
        </Hinted>
      ) : null}
      {status === 'skipped' ? (
        <Hinted label={t('node.skippedWhy')}>
          <span
            role="img"
            aria-label={t('node.skipped')}
            className="flex items-center gap-1 whitespace-nowrap text-text-muted text-xs"
            data-testid={`node_status_icon_${slug}_inactive`}
          >
            <Ban size={13} />
            {isOff ? null : t('node.skipped')}
          </span>
        </Hinted>
      ) : null}
      {status === 'running' && !isRunning ? (
        // Of a past run that is replayed: there is nothing to stop.
        <StateIcon state="running" size={15} />
      ) : null}
      {isBuilding && isRunning ? (
        <NodeButton
          label={t('node.stop')}
          className="nodrag group/stop"
          data-testid="stop_building_button"
          onClick={() => void runner.stop()}
        >
          <StateIcon state="running" size={15} className="group-hover/stop:hidden" />
          <Square size={13} className="hidden text-danger group-hover/stop:block" />
        </NodeButton>
      ) : mayRun(workspace) ? (
        <NodeButton
          label={t('node.run')}
          className="nodrag"
          disabled={isRunning}
          data-testid={`button_run_${slug}`}
          onClick={() => context.runFlow({ stopAt: nodeId })}
        >
          <Play size={14} />
        </NodeButton>
      ) : null}
    </span>
  )
}

/** A mark that says more when it is pointed at. */
function Hinted({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }): ReactNode {
  const { props, hint } = useHint(label)
  return (
    <span {...props} className="flex">
      {children}
      {hint}
    </span>
  )
}
