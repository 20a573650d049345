import { isFinal } from '../job-repository.ts'
import type { RowCodec } from '../row-codec.ts'
import {
  idempotentRequestCodec,
  messageCodec,
  modelUsageCodec,
  runCheckpointCodec,
  runCodec,
  runJobCodec,
  runStepCodec,
  usageCodec,
} from '../run-codecs.ts'
import type { RunBatch } from '../run-records.ts'
import type { Bindable, KeyUse } from './engine.ts'

/** Rows of a statement: most runs have fewer, and each number of rows is a statement of its own to keep. */
const MOST_ROWS = 8

/** One statement with its values. */
type Statement = readonly [sql: string, values: readonly Bindable[]]

const saveRun = insertSql('run', runCodec.columns, ['id'])
const saveMessages = inserting('message', messageCodec, ['id'])
const saveSteps = inserting('run_step', runStepCodec)
const saveJob = insertSql('run_job', runJobCodec.columns)
const saveRequest = insertSql('idempotent_request', idempotentRequestCodec.columns)
const saveCheckpoint = insertSql('run_checkpoint', runCheckpointCodec.columns, ['run_id', 'node_id'])
const removeMessage = 'delete from message where id = ? and user_id = ?'
const saveKeyUse = 'update api_key set total_uses = total_uses + ?, last_used_at = ? where id = ?'
const addUsage = `insert into usage_day (${usageCodec.columns.join(', ')})
  values (${usageCodec.columns.map(() => '?').join(', ')})
  on conflict (user_id, day, flow_id, key_id, bucket) do update set calls = calls + excluded.calls,
  errors = errors + excluded.errors, limited = limited + excluded.limited, cached = cached + excluded.cached,
  input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens,
  cost = coalesce(cost + excluded.cost, cost, excluded.cost), unpriced_tokens = unpriced_tokens + excluded.unpriced_tokens,
  last_at = excluded.last_at`
const addModelUsage = `insert into model_usage_day (${modelUsageCodec.columns.join(', ')})
  values (${modelUsageCodec.columns.map(() => '?').join(', ')})
  on conflict (user_id, day, flow_id, provider, model) do update set calls = calls + excluded.calls,
  input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens,
  cost = coalesce(cost + excluded.cost, cost, excluded.cost)`
const removeJob = 'delete from run_job where id = ?'
const removeCheckpoints = 'delete from run_checkpoint where run_id = ?'
/** Fails, and the transaction with it, unless the claim holds: a job without an id is refused. */
const guardClaim = `insert into run_job (${runJobCodec.columns.join(', ')})
  select ${runJobCodec.columns.map(() => 'null').join(', ')}
  where not exists (select 1 from run_job where id = ? and fence = ? and state = 'running')`

/** What runs left behind as a few statements, each prepared once: the path that every run takes. */
export function batchStatements(batches: readonly RunBatch[], keyUses: readonly KeyUse[]): readonly Statement[] {
  const statements: Statement[] = []
  for (const { run, messages, removed, steps, job, request, claim, checkpoints, usage, modelUsage } of batches) {
    if (claim) statements.push([guardClaim, [claim.id, claim.fence]])
    if (request) statements.push([saveRequest, idempotentRequestCodec.values(request)])
    if (job) statements.push([saveJob, runJobCodec.values(job)])
    if (run) statements.push([saveRun, runCodec.values(run)])
    saveMessages(statements, messages)
    for (const id of removed?.messageIds ?? []) statements.push([removeMessage, [id, removed?.userId ?? '']])
    saveSteps(statements, steps)
    for (const checkpoint of checkpoints ?? []) statements.push([saveCheckpoint, runCheckpointCodec.values(checkpoint)])
    for (const record of usage ?? []) statements.push([addUsage, usageCodec.values(record)])
    for (const record of modelUsage ?? []) statements.push([addModelUsage, modelUsageCodec.values(record)])
    if (claim && run && isFinal(run)) statements.push([removeJob, [claim.id]], [removeCheckpoints, [claim.id]])
  }
  for (const { id, uses, lastUsedAt } of keyUses) statements.push([saveKeyUse, [uses, lastUsedAt, id]])
  return statements
}

/** Adds statements that insert records, several at once: each costs a call, however many rows it has. */
function inserting<Item>(table: string, codec: RowCodec<Item>, key?: readonly string[]) {
  const sqlOf = Array.from({ length: MOST_ROWS }, (_, rows) => insertSql(table, codec.columns, key, rows + 1))
  return (statements: Statement[], items: readonly Item[]) => {
    for (let from = 0; from < items.length; from += MOST_ROWS) {
      const part = items.slice(from, from + MOST_ROWS)
      statements.push([sqlOf[part.length - 1] ?? '', part.flatMap(codec.values)])
    }
  }
}

/** With a `key`, a row that has it already is replaced. */
function insertSql(table: string, columns: readonly string[], key?: readonly string[], rows = 1): string {
  const row = `(${columns.map(() => '?').join(', ')})`
  const insert = `insert into ${table} (${columns.join(', ')}) values ${Array(rows).fill(row).join(', ')}`
  if (!key) return insert
  const sets = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`)
  return `${insert} on conflict (${key.join(', ')}) do update set ${sets.join(', ')}`
}
