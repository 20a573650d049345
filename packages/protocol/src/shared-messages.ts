import { z } from 'zod'
import { defineEndpoint, forVisitors } from './endpoint.ts'
import { Uuid } from './identifiers.ts'
import {
  deleteSession,
  listMessages,
  listSessions,
  messageOrders,
  renameSession,
  SessionId,
  updateMessage,
} from './monitor-messages.ts'

/** The public flow whose visitor asks. */
const source = z.object({ source_flow_id: Uuid })
const path = '/api/v1/monitor/messages/shared'
const noFlow = 'No public flow has this id'

export const listSharedMessages = defineEndpoint({
  ...forVisitors(listMessages),
  path,
  summary: 'List your messages as a visitor of a public flow',
  query: source.extend({
    /** Decoded once more, as the web app encodes it twice. */
    session_id: z.string().optional(),
    order_by: z.enum(messageOrders).default('timestamp'),
  }),
  errors: { 404: noFlow },
})

export const listSharedSessions = defineEndpoint({
  ...forVisitors(listSessions),
  path: `${path}/sessions`,
  summary: 'The ids of your sessions as a visitor of a public flow, the one with the latest message first',
  query: source,
  errors: { 404: noFlow },
})

export const updateSharedMessage = defineEndpoint({
  ...forVisitors(updateMessage),
  path: `${path}/:message_id`,
  summary: 'Edit one of your messages as a visitor of a public flow',
  query: source,
  errors: { 404: 'Message not found' },
})

export const renameSharedSession = defineEndpoint({
  ...forVisitors(renameSession),
  path: `${path}/session/:old_session_id`,
  summary: 'Give the messages of a session another session id, as a visitor of a public flow',
  query: source.extend({ new_session_id: SessionId }),
})

export const deleteSharedSession = defineEndpoint({
  ...forVisitors(deleteSession),
  path: `${path}/session/:session_id`,
  summary: 'Delete the messages of a session, as a visitor of a public flow',
  query: source,
  errors: { 404: noFlow },
})
