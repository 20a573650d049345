import { type BuildEvent, readBuildStream } from './build-events.ts'
import { polledEvents } from './polled-events.ts'

/** How the events of a build come: by a stream, by asking again and again, or as the answer to its start. */
export const DELIVERIES = ['streaming', 'polling', 'direct'] as const
export type Delivery = (typeof DELIVERIES)[number]

/** A build that has been started. */
export type Begun =
  | { readonly jobId: string; readonly delivery: 'streaming' | 'polling' }
  | { readonly jobId: string; readonly delivery: 'direct'; readonly answer: Response }

/**
 * What opens the events of a build, as often as their connection breaks; is told how often it did since the last event.
 * Each time they come from the beginning. A stream that broke gives way to polls: what cut it would cut the next one too.
 * @param ask asks for the events of the build
 */
export function deliveredEvents(
  begun: Begun,
  ask: (how: 'streaming' | 'polling', fromStart: boolean) => Promise<Response>,
) {
  return async (failures: number): Promise<AsyncIterable<BuildEvent>> => {
    if (begun.delivery === 'direct' && failures === 0) return readBuildStream(begun.answer)
    return begun.delivery === 'polling' || failures > 0
      ? polledEvents((fromStart) => ask('polling', fromStart))
      : readBuildStream(await ask('streaming', true))
  }
}
