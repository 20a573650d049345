import type { KnowledgeBaseRead } from '@runnel/protocol/knowledge-bases'
import type { KnowledgeRunRead } from '@runnel/protocol/knowledge-runs'
import { isoMicroseconds } from '../http/dates.ts'
import type { IngestRun } from './knowledge-details.ts'
import type { Knowledge } from './knowledge-service.ts'

/** A knowledge base as lists show it. `isWorking`: something is being added to it. */
export function toKnowledgeRead({ record, details }: Knowledge, isWorking: boolean): KnowledgeBaseRead {
  const [last] = details.runs
  const failure = last?.status === 'failed' ? (last.error_message ?? 'The files could not be added.') : null
  return {
    id: record.name,
    dir_name: record.name,
    name: titleOf(record.name),
    embedding_provider: details.embedding_provider,
    embedding_model: details.embedding_model,
    size: record.bytes,
    words: record.words,
    characters: record.characters,
    chunks: record.chunks,
    avg_chunk_size: record.chunks === 0 ? 0 : Math.round((record.characters / record.chunks) * 10) / 10,
    chunk_size: details.chunk_size,
    chunk_overlap: details.chunk_overlap,
    separator: details.separator,
    status: isWorking ? 'ingesting' : failure !== null ? 'failed' : record.chunks === 0 ? 'empty' : 'ready',
    failure_reason: isWorking ? null : failure,
    last_job_id: last?.id ?? null,
    source_types: details.source_types,
    column_config: details.column_config,
    backend_type: 'sqlite',
    backend_config: {},
    storage_state: 'ready',
    storage_generation: 1,
    active_migration_id: null,
  }
}

/** A run that was cut off by a crash is over. */
export function toRunRead(name: string, run: IngestRun, isWorking: boolean): KnowledgeRunRead {
  const { started_at, finished_at, status, chunk_size, chunk_overlap, separator, ...rest } = run
  const isLost = status === 'running' && !isWorking
  return {
    ...rest,
    kb_name: name,
    job_id: run.id,
    status: isLost ? 'cancelled' : status,
    error_message: isLost ? 'The server stopped before all was added. Add the files again.' : run.error_message,
    started_at: isoMicroseconds(started_at),
    finished_at: finished_at === null ? null : isoMicroseconds(finished_at),
  }
}

/** `old_manuals` is `Old Manuals`. */
const titleOf = (name: string): string =>
  name.replace(/[_-]+/g, ' ').replace(/(^|\s)\p{L}/gu, (letter) => letter.toUpperCase())
