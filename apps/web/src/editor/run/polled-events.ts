import { type BuildEvent, readBuildStream } from './build-events.ts'

/**
 * The events of a build asked for again and again: for networks that hold a stream back until it has ended. The server
 * waits with its answer until there is something to tell. The first is asked for from the beginning: what was polled by a
 * page that is gone, or was lost on its way, is told again.
 * @param poll asks for the events since the last time, or from the first on
 */
export async function* polledEvents(poll: (fromStart: boolean) => Promise<Response>): AsyncGenerator<BuildEvent, void> {
  for (let fromStart = true; ; fromStart = false) {
    for await (const event of readBuildStream(await poll(fromStart))) {
      yield event
      if (event.event === 'end') return
    }
  }
}
