import { randomBytes } from 'node:crypto'
import { createChannel, itemsOf } from '@runnel/engine/channel'
import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { Log } from '../log.ts'
import type { AnswerMessage } from './answer-message.ts'
import type { ToolRoom } from './flow-tools.ts'

/** Streams a user may have open at once. */
const MAX_STREAMS = 100
/** Streams one visitor of a project may have open at once, and all of them. */
const MAX_OF_VISITOR = 10
/** Messages of one session that may be worked on at once. */
const MAX_AT_WORK = 50

/** A server-sent event. */
export const eventOf = (event: string, data: string): string => `event: ${event}\ndata: ${data}\n\n`
/** A message of the protocol as a server-sent event. */
export const messageEvent = (message: JsonObject): string => eventOf('message', JSON.stringify(message))

const ROOM = ['userId', 'projectId', 'visitor'] as const

interface Session {
  readonly room: ToolRoom
  readonly write: (record: string) => void
  readonly signal: AbortSignal
  /** What is worked on, by the id of its message. */
  readonly atWork: Map<unknown, AbortController>
}

export interface EventSessionsOptions {
  readonly answer: AnswerMessage
  readonly log: Pick<Log, 'error'>
}

/** Sessions of MCP over SSE: messages are posted one by one, and all answers come in one stream. */
export function createEventSessions({ answer, log }: EventSessionsOptions) {
  const sessions = new Map<string, Session>()

  async function work(session: Session, message: JsonObject): Promise<void> {
    const abort = new AbortController()
    const signal = AbortSignal.any([session.signal, abort.signal])
    session.atWork.set(message.id, abort)
    const notify = (told: JsonObject) => session.write(messageEvent(told))
    try {
      const answered = await answer(message, { room: session.room, signal, notify })
      if (answered) notify(answered)
    } catch (error) {
      if (signal.aborted) return
      log.error('MCP message failed', { error })
      notify({ jsonrpc: '2.0', id: message.id ?? null, error: { code: -32603, message: 'Internal error' } })
    } finally {
      session.atWork.delete(message.id)
    }
  }

  return {
    /** The records of a new session, until the signal is aborted. The first says where its messages are posted. */
    async *open(room: ToolRoom, path: string, signal: AbortSignal): AsyncGenerator<string, void> {
      // Visitors leave room for the user, and for one another.
      const own = [...sessions.values()].filter(
        ({ room: other }) => other.userId === room.userId && (other.visitor === null) === (room.visitor === null),
      )
      const same = own.filter(({ room: other }) => other.visitor === room.visitor)
      if (own.length >= MAX_STREAMS || (room.visitor !== null && same.length >= MAX_OF_VISITOR))
        throw new AppError('overloaded', ['Too many MCP sessions are open. Close some.'])
      const id = randomBytes(16).toString('hex')
      const channel = createChannel<string>()
      const end = () => channel.close()
      signal.addEventListener('abort', end, { once: true })
      if (signal.aborted) end()
      sessions.set(id, { room, signal, write: channel.write, atWork: new Map() })
      try {
        yield eventOf('endpoint', `${path}?session_id=${id}`)
        yield* itemsOf(channel)
      } finally {
        sessions.delete(id)
        signal.removeEventListener('abort', end)
      }
    },

    /**
     * Begins the work on posted messages; the answers come in the stream.
     * @throws AppError `mcp_session_missing`, `mcp_session_invalid`, `mcp_session_not_found`, `overloaded`
     */
    post(room: ToolRoom, id: string | undefined, messages: readonly JsonObject[]): void {
      if (!id) throw new AppError('mcp_session_missing')
      if (!/^[0-9a-f]{32}$/.test(id.replaceAll('-', ''))) throw new AppError('mcp_session_invalid')
      const session = sessions.get(id.replaceAll('-', ''))
      const isOwn = session && ROOM.every((key) => session.room[key] === room[key])
      if (!session || !isOwn) throw new AppError('mcp_session_not_found')
      if (session.atWork.size + messages.length > MAX_AT_WORK) {
        throw new AppError('overloaded', ['Too many messages of this session are being worked on.'])
      }
      for (const message of messages) {
        const { method, params } = message
        if (method === 'notifications/cancelled') {
          session.atWork.get(isObject(params) ? params.requestId : undefined)?.abort(new Error('cancelled'))
        } else void work(session, message)
      }
    },
  }
}
