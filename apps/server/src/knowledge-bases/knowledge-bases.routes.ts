import { AppError } from '@runnel/protocol/errors'
import {
  createKnowledgeBase,
  deleteKnowledgeBase,
  deleteKnowledgeBases,
  listKnowledgeBases,
  readKnowledgeBase,
  testKnowledgeConnection,
} from '@runnel/protocol/knowledge-bases'
import {
  deleteKnowledgeChunks,
  listKnowledgeChunks,
  listKnowledgeMetadata,
  previewChunks,
  searchKnowledgeBase,
  updateKnowledgeChunk,
} from '@runnel/protocol/knowledge-chunks'
import {
  cancelIngestion,
  ingestConnector,
  ingestFolder,
  ingestIntoKnowledgeBase,
  listConnectors,
  listKnowledgeRuns,
  readKnowledgeRun,
  reEmbedKnowledgeBase,
  retryKnowledgeRun,
} from '@runnel/protocol/knowledge-runs'
import { deleteKnowledgeSources, listKnowledgeSources } from '@runnel/protocol/knowledge-sources'
import type { FastifyInstance } from 'fastify'
import { checkFileName } from '../files/file-name.ts'
import { implement } from '../http/implement.ts'
import { withMultipart } from '../http/multipart.ts'
import type { Services } from '../services.ts'
import { type Chunking, chunkingIn, chunksOfText, objectIn } from './chunking.ts'
import type { Knowledge } from './knowledge-service.ts'
import { toKnowledgeRead, toRunRead } from './knowledge-wire.ts'
import { type ReceivedDocument, receiveDocuments, textOf } from './receive-documents.ts'

type Needed = Pick<
  Services,
  'knowledge' | 'knowledgeTexts' | 'knowledgeJobs' | 'ingestions' | 'reEmbeddings' | 'config'
>
const PREVIEWED = 5

/** How a file would be cut, or why it would not; the others are none the worse for it. */
async function previewOf(document: ReceivedDocument, chunking: Chunking) {
  const shown = { file_name: document.name, total_chunks: 0, preview_chunks: [], error: null }
  try {
    const chunks = chunksOfText(await textOf(document), chunking)
    const first = chunks.slice(0, PREVIEWED)
    const preview_chunks = first.map((content, index) => ({ content, index, char_count: content.length }))
    return { ...shown, total_chunks: chunks.length, preview_chunks }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...shown, error: error.message }
  }
}

/** Texts that users gather, and what they hold. */
export function knowledgeBasesRoutes(
  app: FastifyInstance,
  { knowledge, knowledgeTexts, knowledgeJobs, ingestions, reEmbeddings, config }: Needed,
): void {
  const shown = (found: Knowledge) => toKnowledgeRead(found, knowledgeJobs.isWorking(found.record.id))

  implement(app, listKnowledgeBases, async ({ user }) => (await knowledge.list(user.id)).map(shown))
  implement(app, createKnowledgeBase, async ({ body, user }) => {
    checkBackend(body.backend_type)
    const { name, embedding_provider: provider, embedding_model: model, column_config: columns } = body
    return shown(await knowledge.create(user.id, { name, provider, model, columns }))
  })
  implement(app, listConnectors, () => [])
  implement(app, testKnowledgeConnection, ({ body }) =>
    body.backend_type === 'sqlite'
      ? { ok: true, message: 'Knowledge bases are kept on this server.' }
      : { ok: false, message: otherBackend(body.backend_type) },
  )
  implement(app, readKnowledgeBase, async ({ params, user }) => shown(await knowledge.find(user.id, params.kb_name)))
  implement(app, deleteKnowledgeBase, async ({ params, user }) => {
    const found = await knowledge.find(user.id, params.kb_name)
    knowledgeJobs.cancel(found.record.id)
    await knowledge.remove(user.id, [params.kb_name])
    await ingestions.forget(found)
    return { message: `Knowledge base '${params.kb_name}' deleted successfully` }
  })
  implement(app, deleteKnowledgeBases, async ({ body, user }) => {
    const names = [...new Set(body.kb_names.map(checkFileName))].sort()
    const found = (await knowledge.list(user.id)).filter(({ record }) => names.includes(record.name))
    for (const { record } of found) knowledgeJobs.cancel(record.id)
    const missing = await knowledge.remove(user.id, names)
    for (const gone of found) await ingestions.forget(gone)
    if (missing.length === names.length) throw new AppError('knowledge_bases_not_found', [names.join(', ')])
    const deleted_count = names.length - missing.length
    return {
      message: `Successfully deleted ${deleted_count} knowledge base(s)`,
      deleted_count,
      ...(missing.length > 0 && { not_found: missing.join(', ') }),
    }
  })

  withMultipart(app, { bytes: 0 }, (scope) => {
    implement(scope, ingestIntoKnowledgeBase, async ({ params, user, request }) => {
      const found = await knowledge.find(user.id, params.kb_name)
      const { documents, fields } = await receiveDocuments(request, config.maxFileSizeUpload)
      const run = await ingestions.begin(found, {
        documents,
        sourceName: fields.source_name ?? '',
        chunking: chunkingIn(fields),
        metadata: objectIn(fields.metadata, 'metadata'),
      })
      const count = documents.length === 1 ? '1 file is' : `${documents.length} files are`
      return { message: `${count} being added.`, job_id: run.id, run: toRunRead(params.kb_name, run, true) }
    })
    implement(scope, previewChunks, async ({ request }) => {
      const { documents, fields } = await receiveDocuments(request, config.maxFileSizeUpload)
      const chunking = chunkingIn(fields)
      return { files: await Promise.all(documents.map((document) => previewOf(document, chunking))) }
    })
  })
  implement(app, ingestFolder, async ({ params, user }) => {
    await knowledge.find(user.id, params.kb_name)
    throw new AppError('bad_request', ['Folders of the server are not read. Upload the files.'])
  })
  implement(app, ingestConnector, async ({ params, user }) => {
    await knowledge.find(user.id, params.kb_name)
    throw new AppError('bad_request', ['There are no connectors. Upload the files.'])
  })
  implement(app, cancelIngestion, async ({ params, user }) => {
    const { record } = await knowledge.find(user.id, params.kb_name)
    if (!knowledgeJobs.cancel(record.id)) throw new AppError('knowledge_base_idle', [record.name])
    return { message: 'Cancelled.' }
  })

  implement(app, listKnowledgeChunks, async ({ params, query, user }) => {
    const { record } = await knowledge.find(user.id, params.kb_name)
    const { total, chunks } = await knowledge.chunks(record.id, query)
    return {
      chunks: chunks.map(({ key, text, metadata }) => ({
        id: key,
        content: text,
        char_count: text.length,
        metadata,
      })),
      total,
      page: query.page,
      limit: query.limit,
      total_pages: Math.ceil(total / query.limit),
    }
  })
  implement(app, listKnowledgeMetadata, async ({ params, user }) => {
    const { record } = await knowledge.find(user.id, params.kb_name)
    return { keys: await knowledge.metadataKeys(record.id) }
  })
  implement(app, listKnowledgeSources, async ({ params, user }) => {
    const { record } = await knowledge.find(user.id, params.kb_name)
    return knowledge.sources(record.id)
  })
  implement(app, deleteKnowledgeSources, async ({ params, body, user }) => ({
    deleted: await knowledgeTexts.removeSources(await knowledge.find(user.id, params.kb_name), body.sources),
  }))
  /** A base, and whether it is being filled. What ended between the two looks is read once more. */
  async function findWorking(userId: string, name: string) {
    const found = await knowledge.find(userId, name)
    const isWorking = knowledgeJobs.isWorking(found.record.id)
    const hasJustEnded = !isWorking && found.details.runs[0]?.status === 'running'
    return { ...(hasJustEnded ? await knowledge.find(userId, name) : found), isWorking }
  }
  implement(app, listKnowledgeRuns, async ({ params, user }) => {
    const { record, details, isWorking } = await findWorking(user.id, params.kb_name)
    const current = knowledgeJobs.current(record.id)
    return details.runs.map((run) => toRunRead(record.name, run.id === current?.id ? current : run, isWorking))
  })
  implement(app, readKnowledgeRun, async ({ params, user }) => {
    const { record, details, isWorking } = await findWorking(user.id, params.kb_name)
    const run = details.runs.find(({ id }) => id === params.run_id)
    if (!run) throw new AppError('not_found')
    return toRunRead(record.name, run, isWorking)
  })
  implement(app, retryKnowledgeRun, async ({ params, user }) => {
    const run = await ingestions.retry(await knowledge.find(user.id, params.kb_name), params.run_id)
    return toRunRead(params.kb_name, run, true)
  })

  implement(app, reEmbedKnowledgeBase, async ({ params, body, user }) => {
    const base = await knowledge.find(user.id, params.kb_name)
    const { embedding_provider: provider, embedding_model: model } = body
    return toRunRead(params.kb_name, await reEmbeddings.begin(base, { provider, model }), true)
  })

  implement(app, searchKnowledgeBase, async ({ params, body, user, signal }) => {
    const { query: text, method, limit } = body
    const base = await knowledge.find(user.id, params.kb_name)
    const found = await knowledgeTexts.search(base, { text, method, limit }, signal)
    return {
      chunks: found.map(({ key, text: content, metadata, distance }) => ({
        id: key,
        content,
        metadata,
        score: distance === null ? null : 1 / (1 + distance),
      })),
    }
  })
  implement(app, updateKnowledgeChunk, async ({ params, body, user, signal }) => {
    const { content: text, metadata } = body
    await knowledgeTexts.correct(
      await knowledge.find(user.id, params.kb_name),
      params.chunk_id,
      { text, metadata },
      signal,
    )
  })
  implement(app, deleteKnowledgeChunks, async ({ params, body, user }) => ({
    deleted: await knowledgeTexts.remove(await knowledge.find(user.id, params.kb_name), body.chunk_ids),
  }))
}

function checkBackend(type: string): void {
  if (type !== 'sqlite') throw new AppError('bad_request', [otherBackend(type)])
}

const otherBackend = (type: string): string =>
  `Knowledge bases are kept on this server (sqlite), not in ${type.slice(0, 50)}. Use a store component for that.`
