import { createChannel, itemsOf } from '@runnel/engine/channel'
import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import {
  askMcp,
  askMcpAgain,
  askProjectMcp,
  openMcpStream,
  openMcpStreamAgain,
  openProjectMcpStream,
  postMcpMessage,
  postMcpMessageAgain,
  postProjectMcpMessage,
} from '@runnel/protocol/mcp'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Call, implement } from '../http/implement.ts'
import { sendRecords } from '../runs/event-stream.ts'
import type { Services } from '../services.ts'
import { type AnswerMessage, createMessageAnswers } from './answer-message.ts'
import { createEventSessions, messageEvent } from './event-sessions.ts'
import { createFlowResources } from './flow-resources.ts'
import { createFlowTools, type ToolRoom } from './flow-tools.ts'

const EVENTS = 'text/event-stream'
const STREAM_TYPE = `${EVENTS}; charset=utf-8`
const MAX_MESSAGES = 50

/** Flows as MCP servers: one of all flows of a user, one of each project. */
export function mcpRoutes(
  app: FastifyInstance,
  services: Pick<Services, 'config' | 'storage' | 'runs' | 'flowFiles' | 'projects' | 'lifecycle' | 'log' | 'now'>,
): void {
  const { config, projects, lifecycle } = services
  if (!config.mcpServerEnabled) return
  const tools = createFlowTools(services)
  const answer = createMessageAnswers({ tools, resources: createFlowResources({ tools, files: services.flowFiles }) })
  const sessions = createEventSessions({ answer, log: services.log })

  const open = async (room: ToolRoom, path: string, { request, signal }: Arrived, reply: FastifyReply) => {
    if (request.method === 'HEAD') return reply.type(STREAM_TYPE).send()
    if (!accepts(request, EVENTS)) throw new AppError('not_acceptable', [EVENTS])
    return sendRecords(reply, STREAM_TYPE, sessions.open(room, path, AbortSignal.any([signal, lifecycle.signal])))
  }
  const ownRoom = ({ user }: Pick<ProjectCall, 'user'>): ToolRoom => ({
    userId: user.id,
    projectId: null,
    visitor: null,
  })
  const projectRoom = async ({ user, params, visitor }: ProjectCall): Promise<ToolRoom> => {
    const { id } = await projects.find(user.id, params.project_id)
    return { userId: user.id, projectId: id, visitor }
  }

  for (const endpoint of [openMcpStream, openMcpStreamAgain]) {
    implement(app, endpoint, (call, reply) => open(ownRoom(call), endpoint.path.replace('sse', ''), call, reply))
  }
  implement(app, openProjectMcpStream, async (call, reply) => {
    const room = await projectRoom(call)
    return open(room, `/api/v1/mcp/project/${room.projectId}/`, call, reply)
  })

  for (const endpoint of [postMcpMessage, postMcpMessageAgain]) {
    implement(app, endpoint, ({ user, query, body }) => {
      sessions.post(ownRoom({ user }), query.session_id, messagesOf(body))
      return 'Accepted'
    })
  }
  implement(app, postProjectMcpMessage, async (call) => {
    sessions.post(await projectRoom(call), call.query.session_id, messagesOf(call.body))
    return 'Accepted'
  })

  for (const endpoint of [askMcp, askMcpAgain]) {
    implement(app, endpoint, (call, reply) =>
      ask(answer, ownRoom(call), { ...arrivedOf(call), body: call.body }, reply),
    )
  }
  implement(app, askProjectMcp, async (call, reply) => {
    const room = await projectRoom(call)
    return ask(answer, room, { ...arrivedOf(call), body: call.body }, reply)
  })
}

type ProjectCall = Pick<Call<{ readonly project_id: string }, unknown, unknown>, 'user' | 'params' | 'visitor'>

interface Arrived {
  readonly request: FastifyRequest
  readonly signal: AbortSignal
}
const arrivedOf = ({ request, signal }: Arrived): Arrived => ({ request, signal })

/** Answers as a stream of events where the client takes one, else as JSON; messages that want no answer are 202. */
async function ask(
  answer: AnswerMessage,
  room: ToolRoom,
  { request, signal, body }: Arrived & { readonly body: JsonObject | readonly JsonObject[] },
  reply: FastifyReply,
) {
  const messages = messagesOf(body)
  if (messages.every(({ id, method }) => id === undefined || method === undefined)) return reply.code(202).send()
  if (!accepts(request, EVENTS)) {
    const notify = () => undefined
    const answers = await Promise.all(messages.map((message) => answer(message, { room, signal, notify })))
    const given = answers.filter((one) => one !== undefined)
    return isObject(body) ? given[0] : given
  }
  const channel = createChannel<string>()
  const notify = (message: JsonObject) => channel.write(messageEvent(message))
  const work = messages.map(async (message) => {
    const answered = await answer(message, { room, signal, notify })
    if (answered) notify(answered)
  })
  void Promise.all(work).then(() => channel.close(), channel.close)
  return sendRecords(reply, STREAM_TYPE, itemsOf(channel))
}

function messagesOf(body: JsonObject | readonly JsonObject[]): readonly JsonObject[] {
  const messages = isObject(body) ? [body] : body
  if (messages.length > MAX_MESSAGES) throw new AppError('bad_request', [`Send at most ${MAX_MESSAGES} messages.`])
  return messages
}

function accepts({ headers }: FastifyRequest, type: string): boolean {
  const accept = headers.accept ?? ''
  return accept.includes(type) || (type === EVENTS && /(^|[,\s])\*\/\*/.test(accept) && !accept.includes('json'))
}
