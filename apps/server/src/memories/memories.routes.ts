import { AppError } from '@runnel/protocol/errors'
import {
  createMemory,
  deleteMemory,
  flushMemory,
  listMemories,
  listMemoryMessages,
  listMemorySessions,
  type MemoryRead,
  readMemory,
  readMemoryMismatch,
  regenerateMemory,
  updateMemory,
} from '@runnel/protocol/memories'
import { toPage } from '@runnel/protocol/query'
import type { FastifyInstance } from 'fastify'
import { isoMicroseconds } from '../http/dates.ts'
import { implement } from '../http/implement.ts'
import type { Services } from '../services.ts'
import type { Memory } from './memory-details.ts'

type Needed = Pick<Services, 'memories' | 'memoryCapture' | 'storage'>

/** What flows remember of their chats. */
export function memoriesRoutes(app: FastifyInstance, { memories, memoryCapture, storage }: Needed): void {
  const sessionsOf = ({ record, details }: Memory) =>
    storage.messages.sessions({ userId: record.owner, flowId: details.flow_id })

  implement(app, listMemories, async ({ query: { flow_id, page, size }, user }) =>
    pageOfAll((await memories.list(user.id, flow_id)).map(toRead), page, size),
  )
  implement(app, createMemory, async ({ body, user }) => {
    const { backend_type, backend_config: _, embedding_provider, ...asked } = body
    if (backend_type !== 'sqlite') {
      throw new AppError('bad_request', [`Memory bases are kept on this server (sqlite), not in ${backend_type}.`])
    }
    const details = {
      ...asked,
      embedding_provider: embedding_provider ?? undefined,
      preproc_model: asked.preproc_model ?? null,
      preproc_instructions: asked.preproc_instructions ?? null,
      preproc_kill_phrase: asked.preproc_kill_phrase ?? null,
    }
    return toRead(await memories.create(user.id, details))
  })
  implement(app, readMemory, async ({ params, user }) => toRead(await memories.find(user.id, params.memory_id)))
  implement(app, updateMemory, async ({ params, body, user }) => {
    const memory = await memories.find(user.id, params.memory_id)
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
    return toRead((await memories.change(memory, () => given)) ?? memory)
  })
  implement(app, deleteMemory, async ({ params, user }) => {
    const { record } = await memories.remove(user.id, params.memory_id)
    return { message: `Memory base '${record.name}' deleted successfully` }
  })

  implement(app, listMemorySessions, async ({ params, query, user }) => {
    const memory = await memories.find(user.id, params.memory_id)
    const { pending } = memory.details
    const ids = [...new Set([...(await sessionsOf(memory)), ...Object.keys(pending)])]
    const items = ids.map((session_id) => ({ session_id, pending_runs: pending[session_id] ?? 0 }))
    return pageOfAll(items, query.page, query.size)
  })
  implement(app, listMemoryMessages, async ({ params, query: { session_id, page, size }, user }) => {
    const { record } = await memories.find(user.id, params.memory_id)
    const { total, chunks } = await memories.messages(record.id, session_id, page, size)
    const items = chunks.map(({ key, text, metadata }) => ({ id: key, content: text, metadata }))
    return toPage(items, { total, page, size })
  })
  implement(app, readMemoryMismatch, async ({ params, user }) => {
    const memory = await memories.find(user.id, params.memory_id)
    const kept = await Promise.all(
      (await sessionsOf(memory)).map(async (id) => (await memories.messages(memory.record.id, id, 1, 1)).total > 0),
    )
    return { mismatch_detected: kept.includes(false) }
  })
  implement(app, flushMemory, async ({ params, body, user }) => ({
    job_id: memoryCapture.flush(await memories.find(user.id, params.memory_id), body.session_id),
  }))
  implement(app, regenerateMemory, async ({ params, user }) => {
    const memory = await memories.find(user.id, params.memory_id)
    await memories.forget(memory.record.id)
    return { job_ids: (await sessionsOf(memory)).map((session) => memoryCapture.flush(memory, session)) }
  })
}

const pageOfAll = <Item>(all: readonly Item[], page: number, size: number) =>
  toPage(all.slice((page - 1) * size, page * size), { total: all.length, page, size })

function toRead({ record, details: { pending: _, ...details } }: Memory): MemoryRead {
  return {
    ...details,
    preproc_model: details.preproc_model ?? null,
    name: record.name,
    backend_type: 'sqlite',
    backend_config: {},
    chunks: record.chunks,
    words: record.words,
    characters: record.characters,
    size: record.bytes,
    created_at: isoMicroseconds(record.createdAt),
    updated_at: isoMicroseconds(record.updatedAt),
  }
}
