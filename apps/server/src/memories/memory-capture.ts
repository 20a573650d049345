import { addChunks, knowledgeEmbeddings } from '@runnel/components/shared/knowledge-ingest'
import { chosenModel } from '@runnel/components/shared/model-choice'
import { recursiveChunks } from '@runnel/components/shared/recursive-chunks'
import { messageOf } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { RunContext } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { StoredMessage } from '@runnel/storage/run-records'
import type { VectorStore } from '@runnel/storage/vectors/vector-store'
import type { Config } from '../config.ts'
import type { Lifecycle } from '../lifecycle.ts'
import type { Log } from '../log.ts'
import type { VariableService } from '../variables/variable-service.ts'
import { collectionOf } from '../vectors/run-vectors.ts'
import type { Memory } from './memory-details.ts'
import type { MemoryService } from './memory-service.ts'

export interface MemoryCaptureOptions {
  readonly memories: MemoryService
  readonly vectorStore: VectorStore
  readonly storage: Pick<Storage, 'messages'>
  readonly variables: Pick<VariableService, 'storedValue'>
  readonly config: Pick<Config, 'environment' | 'fallbackToEnvironment'>
  readonly lifecycle: Pick<Lifecycle, 'signal' | 'track'>
  readonly log: Pick<Log, 'warn'>
}

/** How messages are cut, in characters. */
const CHUNKS = { size: 1000, overlap: 100 }
const BATCH = 100
/** The newest so many messages of a session are looked at. */
const MOST_MESSAGES = 2000
const KILL_PHRASE = 'NO_INGEST'
const INSTRUCTIONS = `Sum up what is worth remembering of this conversation. Answer ${KILL_PHRASE} when nothing is.`

export type MemoryCapture = ReturnType<typeof createMemoryCapture>

/** Keeps what was said in chats in the memory bases of their flows, beside the runs. */
export function createMemoryCapture(options: MemoryCaptureOptions) {
  const { memories, vectorStore, storage, variables, config, lifecycle, log } = options
  /** One after the other for each memory base, so that none counts or keeps twice. */
  const queues = new Map<number, Promise<unknown>>()

  const warn = (error: unknown): void => {
    if (!lifecycle.signal.aborted) log.warn('memory base not filled', { reason: messageOf(error) })
  }

  function inTurn({ record }: Memory, work: () => Promise<unknown>): void {
    const before = queues.get(record.id) ?? Promise.resolve()
    const next = before.then(work).catch(warn)
    queues.set(record.id, next)
    void lifecycle.track(
      next.finally(() => {
        if (queues.get(record.id) === next) queues.delete(record.id)
      }),
    )
  }

  const variablesOf = (userId: string): Pick<RunContext, 'variables'> => ({
    variables: {
      get: async (name) =>
        (await variables.storedValue(userId, name))?.value ||
        (config.fallbackToEnvironment ? config.environment(name) : undefined),
    },
  })

  /** Keeps what a session says that is not kept yet. */
  async function keep(memory: Memory, sessionId: string, jobId: string): Promise<void> {
    const { record, details } = memory
    const { flow_id: flowId } = details
    const found = await storage.messages.find({ userId: record.owner, flowId, sessionId, limit: MOST_MESSAGES })
    const collection = collectionOf(vectorStore, async () => record)
    const firsts = found.map(({ id }) => `${id}:0`)
    const known = await collection.known(firsts)
    const fresh = found.filter(({ id, text }) => text.trim() !== '' && !known.has(`${id}:0`))
    if (fresh.length > 0) {
      const context = variablesOf(record.owner)
      const embedding = { provider: details.embedding_provider, model: details.embedding_model }
      const embeddings = await knowledgeEmbeddings(embedding, undefined, context)
      const said = details.preprocessing ? await summed(memory, fresh, context) : fresh
      const chunks = said.flatMap((message) => chunksOf(message, jobId))
      const added = { collection, embeddings, allowDuplicates: false, batchSize: BATCH }
      await addChunks(chunks, added, lifecycle.signal)
    }
    await memories.change(memory, ({ pending }) => ({ pending: { ...pending, [sessionId]: 0 } }))
  }

  /** What a model makes of the messages, in place of the last of them; nothing when it says that nothing is worth it. */
  async function summed(
    { details }: Memory,
    messages: readonly StoredMessage[],
    context: Pick<RunContext, 'variables'>,
  ): Promise<readonly StoredMessage[]> {
    const model = await chosenModel({ model: details.preproc_model }, context)
    const transcript = messages.map(({ sender_name, text }) => `${sender_name}: ${text}`).join('\n')
    let text = ''
    const request = {
      stream: false,
      messages: [
        { role: 'system', content: details.preproc_instructions || INSTRUCTIONS },
        { role: 'user', content: [{ type: 'text', text: transcript }] },
      ],
    } as const
    for await (const part of model.respond(request, lifecycle.signal)) if (part.type === 'text-delta') text += part.text
    const last = messages.at(-1)
    if (!last || text.includes(details.preproc_kill_phrase || KILL_PHRASE)) return []
    return [{ ...last, text, sender: 'Machine', sender_name: 'Memory' }]
  }

  async function count(ownerId: string, flowId: string, sessionId: string): Promise<void> {
    for (const memory of await memories.list(ownerId, flowId)) {
      if (!memory.details.auto_capture) continue
      inTurn(memory, async () => {
        const counted = await memories.change(memory, ({ pending }) => ({
          pending: { ...pending, [sessionId]: (pending[sessionId] ?? 0) + 1 },
        }))
        const runs = counted?.details.pending[sessionId] ?? 0
        if (counted && runs >= counted.details.threshold) await keep(counted, sessionId, newId())
      })
    }
  }

  const begin = (memory: Memory, sessionId: string): string => {
    const jobId = newId()
    inTurn(memory, () => keep(memory, sessionId, jobId))
    return jobId
  }

  return {
    /**
     * Counts a run that has succeeded; the last one that was waited for has the session's messages kept. The run does
     * not wait for it.
     */
    noticeRun(ownerId: string, flowId: string, sessionId: string): void {
      if (!vectorStore.exists()) return
      void lifecycle.track(count(ownerId, flowId, sessionId).catch(warn))
    },

    /** Keeps the messages of a session now. Answers the id of the work. */
    flush: begin,
  }
}

function chunksOf(message: StoredMessage, job_id: string) {
  const { id, text, session_id, flow_id, sender, sender_name, timestamp, run_id } = message
  const chunks = recursiveChunks(text, CHUNKS)
  return chunks.map((chunk, chunk_index) => ({
    key: `${id}:${chunk_index}`,
    text: chunk,
    metadata: {
      message_id: id,
      session_id,
      flow_id,
      sender,
      sender_name,
      timestamp: new Date(timestamp).toISOString(),
      run_id,
      chunk_index,
      total_chunks: chunks.length,
      source: 'chat',
      job_id,
    },
  }))
}
