import { type BuildEvent, readBuildStream } from './build-events.ts'

/**
 * The events of a build asked for again and again: for networks that hold a stream back until it has ended. The server
 * waits with its answer until there is something to tell, and gives each event once.
 * @param poll asks for the events since the last time
 */
export async function* polledEvents(poll: () => Promise<Response>): AsyncGenerator<BuildEvent, void> {
  for (;;) {
    for await (const event of readBuildStream(await poll())) {
      yield event
      if (event.event === 'end') return
    }
  }
}
