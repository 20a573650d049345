import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleSessionId } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { Moment, QueryFlag, queryInteger } from './query.ts'
import { exampleMessage, exampleMessageRow } from './run-examples.ts'

const common = { tag: 'Monitor', access: 'user' } as const
/** What a session may be called. */
export const SessionId = z.string().min(1).max(1000)
const messageNotFound = { 404: 'Message not found' }
/** What a list and its count leave out. */
const search = {
  /** Part of the text, in any case. */
  search: z.string().max(1000).optional(),
  since: Moment.optional(),
  until: Moment.optional(),
}
const optionalFlow = z.object({ flow_id: Uuid.optional() })
/** More can be asked for in further calls. */
const MAX_LIMIT = 10_000
const window = {
  limit: queryInteger({ min: 1, max: MAX_LIMIT }).optional(),
  offset: queryInteger({ min: 0 }).default(0),
}

/** What a list may be ordered by: columns, the name of the flow, how many files, the thumb, tokens. */
export const messageOrders = [
  'id',
  'flow_id',
  'timestamp',
  'sender',
  'sender_name',
  'session_id',
  'text',
  'category',
  'edit',
  'flow',
  'files',
  'feedback',
  'tokens',
] as const

const messageFields = {
  id: z.string(),
  flow_id: z.string().nullable(),
  run_id: z.string().nullable(),
  timestamp: z.string(),
  sender: z.string(),
  sender_name: z.string(),
  session_id: z.string(),
  context_id: z.string(),
  text: z.string(),
  error: z.boolean(),
  edit: z.boolean(),
  duration: z.null(),
  properties: z.looseObject({}),
  category: z.string(),
  content_blocks: z.array(z.unknown()),
  session_metadata: z.looseObject({}).nullable(),
}

/** A message as lists show it. */
export const MessageRow = z.object({
  ...messageFields,
  /** JSON of a list of paths: the web app reads it from a string. */
  files: z.string(),
})
export type MessageRow = z.output<typeof MessageRow>

/** A message as an edit answers it. */
export const MessageRead = z.object({ ...messageFields, files: z.array(z.string()) })
export type MessageRead = z.output<typeof MessageRead>

/** What a list of messages and its count leave out. */
const messageFilter = {
  flow_id: Uuid.optional(),
  /** Decoded once more, as the web app encodes it twice. */
  session_id: z.string().optional(),
  sender: z.string().optional(),
  sender_name: z.string().optional(),
  /** The thumb it was given. */
  feedback: z.enum(['up', 'down']).optional(),
  category: z.enum(['message', 'error', 'warning', 'info']).optional(),
  /** Whether its text was changed by hand. */
  edited: QueryFlag.optional(),
  /** Whether it carries files. */
  with_files: QueryFlag.optional(),
  /** Tokens its models took and gave, at least. */
  min_tokens: queryInteger({ min: 1 }).optional(),
  ...search,
}

export const listMessages = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/messages',
  summary: 'List your messages; a window of `limit` is taken from the newest',
  role: 'viewer',
  query: z.object({
    ...messageFilter,
    order_by: z.enum(messageOrders).default('timestamp'),
    order: z.preprocess(
      (given) => (typeof given === 'string' ? given.toUpperCase() : given),
      z.enum(['ASC', 'DESC']).default('ASC'),
    ),
    ...window,
  }),
  response: z.array(MessageRow),
  examples: { response: [exampleMessageRow] },
})

const MessageFilterQuery = z.object(messageFilter)
export type MessageFilterQuery = z.output<typeof MessageFilterQuery>

export const countMessages = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/messages/count',
  summary: 'How many messages a list of them has',
  role: 'viewer',
  query: MessageFilterQuery,
  response: z.object({ total: z.number().int() }),
  examples: { response: { total: 1 } },
})

/** Files may also be given as lists answer them. */
const FileList = z.preprocess((given) => {
  if (typeof given !== 'string') return given
  try {
    return JSON.parse(given)
  } catch {
    return given
  }
}, z.array(z.string().max(4096)).max(1000).nullish())

const MessageProperties = z.object({
  text_color: z.string().nullish(),
  background_color: z.string().nullish(),
  edited: z.boolean().nullish(),
  source: z
    .object({
      id: z.string().nullable().default(null),
      display_name: z.string().nullable().default(null),
      source: z.string().nullable().default(null),
    })
    .nullish(),
  icon: z.string().nullish(),
  allow_markdown: z.boolean().nullish(),
  positive_feedback: z.boolean().nullish(),
  feedback: z.object({ reasons: z.array(z.string().max(50)).max(20), text: z.string().max(2000) }).nullish(),
  state: z.enum(['partial', 'complete']).nullish(),
  targets: z.array(z.unknown()).nullish(),
})

/** What an edit may change; what is null stays. */
export const MessageUpdate = z.object({
  text: z.string().nullish(),
  sender: z.string().max(1000).nullish(),
  sender_name: z.string().max(1000).nullish(),
  session_id: SessionId.nullish(),
  files: FileList,
  edit: z.boolean().nullish(),
  error: z.boolean().nullish(),
  properties: MessageProperties.nullish(),
})
export type MessageUpdate = z.output<typeof MessageUpdate>

export const updateMessage = defineEndpoint({
  ...common,
  method: 'PUT',
  path: '/api/v1/monitor/messages/:message_id',
  summary: 'Edit a message',
  role: 'runner',
  params: z.object({ message_id: Uuid }),
  body: MessageUpdate,
  response: MessageRead,
  examples: { body: { text: 'testing 1234' }, response: { ...exampleMessage, text: 'testing 1234', edit: true } },
  errors: messageNotFound,
})

export const deleteMessages = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: '/api/v1/monitor/messages',
  summary: 'Delete messages; unknown ids are skipped',
  role: 'runner',
  roleOf: 'message',
  body: z.array(Uuid).max(MAX_LIMIT),
  status: 204,
  response: z.undefined(),
  examples: { body: [exampleMessage.id] },
})

export const listSessions = defineEndpoint({
  ...common,
  method: 'GET',
  path: '/api/v1/monitor/messages/sessions',
  summary: 'The ids of your sessions, the one with the latest message first',
  role: 'viewer',
  query: optionalFlow.extend(window),
  response: z.array(z.string()),
  examples: { response: [exampleSessionId] },
})

/** Sessions one call may delete. */
export const MAX_SESSIONS = 500

export const deleteSessions = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: '/api/v1/monitor/messages/sessions',
  summary: `Delete up to ${MAX_SESSIONS} sessions`,
  role: 'runner',
  query: optionalFlow,
  body: z.array(z.string().max(1000)),
  response: z.object({ message: z.string(), deleted_count: z.number().int() }),
  examples: { body: [exampleSessionId], response: { message: '1 session deleted successfully', deleted_count: 1 } },
  errors: { 400: 'Too many sessions in one call' },
})

export const renameSession = defineEndpoint({
  ...common,
  method: 'PATCH',
  path: '/api/v1/monitor/messages/session/:old_session_id',
  summary: 'Give the messages of a session, in one flow or in all, another session id',
  role: 'runner',
  params: z.object({ old_session_id: z.string() }),
  query: optionalFlow.extend({ new_session_id: SessionId }),
  response: z.array(MessageRow),
  examples: { response: [{ ...exampleMessageRow, session_id: 'chat-124' }] },
  errors: { 404: 'No messages found with the given session ID' },
})

export const deleteSession = defineEndpoint({
  ...common,
  method: 'DELETE',
  path: '/api/v1/monitor/messages/session/:session_id',
  summary: 'Delete the messages of a session, in one flow or in all',
  role: 'runner',
  params: z.object({ session_id: z.string() }),
  query: optionalFlow,
  status: 204,
  response: z.undefined(),
})
