import { Pause, Play, StepBack, StepForward } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { componentText, useComponentText } from '../../i18n/component-text.ts'
import { IconButton } from '../../ui/button.tsx'
import { durationText } from '../../ui/duration.ts'
import { Select } from '../../ui/select.tsx'
import { useGoToNode } from '../dock/use-go-to-node.ts'
import type { Replay } from './use-replay.ts'

const SPEEDS = [0.5, 1, 2, 4, 8] as const

/** Plays a past run, or goes through it stop by stop. */
export function ReplayControls({ replay }: { readonly replay: Replay }): ReactNode {
  const { t, i18n } = useTranslation('replay')
  useComponentText()
  const goToNode = useGoToNode()
  const { stops, count, current, isPlaying } = replay
  const name = current && (componentText(current.step.component_display_name) || current.step.component_id)
  const end = current?.step.valid ? t('ends', { name }) : t('fails', { name })
  const text = current ? (current.kind === 'begin' ? t('begins', { name }) : end) : t('start')
  return (
    <div className="flex flex-wrap items-center gap-1">
      <IconButton label={t('back')} size="sm" disabled={count === 0} onClick={() => replay.goTo(count - 1)}>
        <StepBack size={14} />
      </IconButton>
      <IconButton
        label={t(isPlaying ? 'pause' : 'play')}
        size="sm"
        data-testid="replay-play"
        onClick={() => replay.setPlaying(!isPlaying)}
      >
        {isPlaying ? <Pause size={14} /> : <Play size={14} />}
      </IconButton>
      <IconButton
        label={t('forward')}
        size="sm"
        disabled={count === stops.length}
        onClick={() => replay.goTo(count + 1)}
      >
        <StepForward size={14} />
      </IconButton>
      <input
        type="range"
        aria-label={t('position')}
        aria-valuetext={`${text} – ${count}/${stops.length}`}
        min={0}
        max={stops.length}
        value={count}
        onChange={(event) => replay.goTo(event.target.valueAsNumber)}
        className="mx-2 h-6 min-w-24 flex-1 accent-accent"
        data-testid="replay-position"
      />
      <button
        type="button"
        disabled={!current}
        onClick={() => current && goToNode(current.step.component_id)}
        title={t('show')}
        className="h-6 w-64 min-w-24 truncate rounded-sm px-1 text-left hover:bg-surface-hover"
        data-testid="replay-stop"
      >
        {text}
      </button>
      <span className="w-24 shrink-0 text-right text-text-muted tabular-nums">
        {durationText(current?.atMs ?? 0, i18n.language)}
      </span>
      <Select
        label={t('speed')}
        value={String(replay.speed)}
        options={SPEEDS.map((speed) => ({ value: String(speed), label: `${speed}×` }))}
        onChange={(speed) => replay.setSpeed(Number(speed))}
      />
    </div>
  )
}
