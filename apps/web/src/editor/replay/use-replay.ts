import type { RunStepRead } from '@runnel/protocol/monitor'
import { useEffect, useMemo, useState } from 'react'
import { timeOf } from '../../ui/time.tsx'
import { useWorkspace } from '../editor-context.tsx'
import { nodesAfter, pauseAfter, type ReplayStop, stopsOf } from './replay.ts'

export interface Replay {
  readonly stops: readonly ReplayStop[]
  /** How many stops have been passed. */
  readonly count: number
  /** The stop that is looked at; undefined before the first. */
  readonly current: ReplayStop | undefined
  readonly isPlaying: boolean
  readonly speed: number
  goTo(count: number): void
  setPlaying(isPlaying: boolean): void
  setSpeed(speed: number): void
}

/** Shows a past run on the canvas up to a stop, beginning with its end. What the canvas showed before comes back afterwards. */
export function useReplay(steps: readonly RunStepRead[]): Replay {
  const { runner } = useWorkspace()
  const stops = useMemo(() => stopsOf(steps), [steps])
  const [count, setCount] = useState(stops.length)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState(1)

  useEffect(() => runner.lookBack(), [runner])

  useEffect(() => {
    const first = stops[0]
    runner.store.setState({
      nodes: nodesAfter(stops, count),
      outcome: undefined,
      lastStartedAt: first && timeOf(first.step.started_at),
    })
  }, [runner, stops, count])

  useEffect(() => {
    if (!isPlaying) return
    const isLast = count >= stops.length
    const timer = setTimeout(
      () => (isLast ? setPlaying(false) : setCount(count + 1)),
      isLast ? 0 : pauseAfter(stops, count, speed),
    )
    return () => clearTimeout(timer)
  }, [isPlaying, count, speed, stops])

  return {
    stops,
    count,
    current: stops[count - 1],
    isPlaying,
    speed,
    goTo(wanted) {
      setPlaying(false)
      setCount(Math.max(0, Math.min(stops.length, wanted)))
    },
    setPlaying(isOn) {
      // From the end it begins anew.
      if (isOn && count >= stops.length) setCount(0)
      setPlaying(isOn)
    },
    setSpeed,
  }
}
