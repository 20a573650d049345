import { cancelPublicBuild, readPublicBuildEvents, startPublicBuild } from '@runnel/protocol/builds'
import { client } from '../../api/client.ts'
import { type BuildEvent, readBuildStream, type WireMessage } from '../../editor/run/build-events.ts'
import { timeOf } from '../../ui/time.tsx'
import type { ChatBackend, ChatOutcome, Sent } from './chat-backend.ts'
import type { VisitStore } from './visit-store.ts'

/** The chat of a visitor with a public flow: the server runs it as it is stored, the browser keeps what was said. */
export function createVisitorBackend(flowId: string, visit: VisitStore): ChatBackend {
  const listeners = new Set<(event: BuildEvent) => void>()
  const busyListeners = new Set<(isBusy: boolean, isStopped: boolean) => void>()
  let running: { readonly abort: AbortController; jobId: string | undefined } | undefined

  async function follow({ text, sessionId }: Sent): Promise<ChatOutcome> {
    const abort = new AbortController()
    const run: NonNullable<typeof running> = { abort, jobId: undefined }
    running = run
    const growing = new Map<string, WireMessage>()
    let failure: string | undefined
    try {
      const { job_id } = await client.call(startPublicBuild, {
        params: { flow_id: flowId },
        query: { event_delivery: 'streaming' },
        body: { inputs: { input_value: text, ...(sessionId !== flowId && { session: sessionId }) } },
        signal: abort.signal,
      })
      run.jobId = job_id
      const response = await client.request(readPublicBuildEvents, {
        params: { job_id },
        query: { event_delivery: 'streaming' },
        signal: abort.signal,
      })
      for await (const event of readBuildStream(response)) {
        if (event.event === 'end' && event.data.cancelled) return { kind: 'stopped' }
        if (event.event === 'error') failure ??= event.data.text ?? ''
        tell(event)
      }
      return failure === undefined ? { kind: 'done' } : { kind: 'failed', nodeId: undefined, message: failure }
    } catch (error) {
      if (abort.signal.aborted) return { kind: 'stopped' }
      const message = error instanceof Error ? error.message : String(error)
      return { kind: 'failed', nodeId: undefined, message }
    } finally {
      for (const message of growing.values()) visit.keep(sessionId, message)
      running = undefined
    }

    /** The server has a name of its own for the session. */
    function tell(event: BuildEvent): void {
      if (event.event === 'add_message' || event.event === 'error') {
        const message = { ...event.data, session_id: sessionId }
        if (message.properties?.state === 'partial' && message.id) growing.set(message.id, message)
        else {
          growing.delete(message.id ?? '')
          visit.keep(sessionId, message)
        }
        hearAll({ ...event, data: message })
        return
      }
      const before = event.event === 'token' ? growing.get(event.data.id) : undefined
      if (before && event.event === 'token') {
        growing.set(event.data.id, { ...before, text: (before.text ?? '') + event.data.chunk })
      }
      if (event.event === 'remove_message') visit.change(event.data.id, () => undefined)
      hearAll(event)
    }
  }
  const hearAll = (event: BuildEvent): void => {
    for (const hear of listeners) hear(event)
  }
  const sayBusy = (isBusy: boolean, isStopped: boolean): void => {
    for (const hear of busyListeners) hear(isBusy, isStopped)
  }

  return {
    flowId,
    sessions: async () =>
      visit.sessions().map((id) => ({ id, lastAt: timeOf(visit.messages(id).at(-1)?.timestamp ?? '') || undefined })),
    messages: async (sessionId) => ({ messages: visit.messages(sessionId), hasOlder: false }),
    findSessions: async (words) =>
      new Set(
        visit
          .sessions()
          .filter((id) => visit.messages(id).some(({ text }) => text?.toLowerCase().includes(words.toLowerCase()))),
      ),
    renameSession: async (from, to) => visit.rename(from, to),
    removeSession: async (sessionId) => visit.remove(sessionId),
    updateMessage: async (id, { text, feedback, reasons }) =>
      visit.change(id, (message) => ({
        ...message,
        ...(text !== undefined && { text, edit: true }),
        properties: {
          ...message.properties,
          ...(feedback !== undefined && { positive_feedback: feedback }),
          ...(reasons !== undefined && { feedback: reasons }),
        },
      })),
    removeMessages: async (ids) => {
      for (const id of ids) visit.change(id, () => undefined)
    },
    // Visitors of a public flow have no files on the server.
    upload: undefined,
    async run(sent) {
      const done = follow(sent)
      sayBusy(true, false)
      const outcome = await done
      sayBusy(false, outcome.kind === 'stopped')
      return outcome
    },
    async stop() {
      const { jobId, abort } = running ?? {}
      if (jobId) await client.call(cancelPublicBuild, { params: { job_id: jobId } }).catch(() => undefined)
      abort?.abort()
    },
    listen(hear) {
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
    isBusy: () => running !== undefined,
    onBusy(hear) {
      busyListeners.add(hear)
      return () => void busyListeners.delete(hear)
    },
  }
}
