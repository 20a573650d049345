import { type Insertable, type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import { ClaimLost } from '../faults.ts'
import { isFinal } from '../job-repository.ts'
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
import type { ModelUsageRecord, RunBatch, RunClaim, UsageRecord } from '../run-records.ts'
import type { KeyUse } from './engine.ts'

/** Postgres binds at most 65 535 values in one statement. */
const ROWS = 1000

/** Writes what runs left behind, many rows in a statement. To be called in a transaction. */
export async function writeBatches(
  transaction: Kysely<Database>,
  batches: readonly RunBatch[],
  keyUses: readonly KeyUse[],
): Promise<void> {
  const claims = batches.flatMap(({ claim }) => claim ?? [])
  await guardClaims(transaction, claims)
  await insertJobs(transaction, batches)
  // One statement may touch a row once only: of rows with the same id the last one counts.
  const runs = new Map(batches.flatMap(({ run }) => (run ? [[run.id, runCodec.encode(run)] as const] : [])))
  const messages = new Map(
    batches.flatMap((batch) => batch.messages.map((message) => [message.id, messageCodec.encode(message)] as const)),
  )
  const steps = batches.flatMap((batch) => batch.steps.map((step) => runStepCodec.encode(step)))
  // In the order of ids, so that two processes never wait for each other's rows crosswise.
  await upsert(transaction, 'run', [...runs.values()].toSorted(byId), runCodec.columns)
  await upsert(transaction, 'message', [...messages.values()].toSorted(byId), messageCodec.columns)
  for (const { removed } of batches) {
    for (const slice of slices(removed?.messageIds ?? [])) {
      const gone = transaction.deleteFrom('message').where('user_id', '=', removed?.userId ?? '')
      await gone.where('id', 'in', slice).execute()
    }
  }
  for (const slice of slices(steps)) await transaction.insertInto('run_step').values(slice).execute()
  for (const checkpoint of batches.flatMap(({ checkpoints }) => checkpoints ?? [])) {
    const row = runCheckpointCodec.encode(checkpoint)
    const insert = transaction.insertInto('run_checkpoint').values(row)
    await insert.onConflict((conflict) => conflict.columns(['run_id', 'node_id']).doUpdateSet(row)).execute()
  }
  const ended = batches.flatMap(({ claim, run }) => (claim && run && isFinal(run) ? [claim.id] : []))
  for (const slice of slices(ended)) {
    await transaction.deleteFrom('run_job').where('id', 'in', slice).execute()
    await transaction.deleteFrom('run_checkpoint').where('run_id', 'in', slice).execute()
  }
  for (const record of batches.flatMap(({ usage }) => usage ?? []).toSorted(byPlace))
    await addUsage(transaction, record)
  for (const record of batches.flatMap(({ modelUsage }) => modelUsage ?? []).toSorted(byModel))
    await addModelUsage(transaction, record)
  for (const { id, uses, lastUsedAt } of keyUses.toSorted(byId)) {
    await transaction
      .updateTable('api_key')
      .set((eb) => ({ total_uses: eb('total_uses', '+', uses), last_used_at: lastUsedAt }))
      .where('id', '=', id)
      .execute()
  }
}

/** Holds the claimed jobs until the transaction ends, so that nobody takes them over meanwhile. @throws ClaimLost */
async function guardClaims(transaction: Kysely<Database>, claims: readonly RunClaim[]): Promise<void> {
  for (const slice of slices(claims.toSorted(byId))) {
    const held = await transaction
      .selectFrom('run_job')
      .select(['id', 'fence'])
      .where('state', '=', 'running')
      .where(
        'id',
        'in',
        slice.map((claim) => claim.id),
      )
      .orderBy('id')
      .forUpdate()
      .execute()
    const fences = new Map(held.map((row) => [row.id, row.fence]))
    if (slice.some(({ id, fence }) => fences.get(id) !== fence)) throw new ClaimLost()
  }
}

async function insertJobs(transaction: Kysely<Database>, batches: readonly RunBatch[]): Promise<void> {
  for (const { request, job } of batches) {
    if (request) {
      await transaction.insertInto('idempotent_request').values(idempotentRequestCodec.encode(request)).execute()
    }
    if (job) await transaction.insertInto('run_job').values(runJobCodec.encode(job)).execute()
  }
}

async function upsert<Table extends 'run' | 'message'>(
  transaction: Kysely<Database>,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
  columns: readonly string[],
): Promise<void> {
  const replaced = columns.filter((column) => column !== 'id')
  for (const slice of slices(rows)) {
    await transaction
      .insertInto(table)
      .values(slice)
      .onConflict((conflict) =>
        // The columns are those of the table; the generic table hides it.
        conflict
          .columns(['id'] as never)
          .doUpdateSet(
            (eb) =>
              Object.fromEntries(replaced.map((column) => [column, eb.ref(`excluded.${column}` as never)])) as never,
          ),
      )
      .execute()
  }
}

async function addUsage(transaction: Kysely<Database>, record: UsageRecord): Promise<void> {
  await transaction
    .insertInto('usage_day')
    .values(usageCodec.encode(record))
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'day', 'flow_id', 'key_id', 'bucket']).doUpdateSet((eb) => ({
        calls: eb('usage_day.calls', '+', record.calls),
        errors: eb('usage_day.errors', '+', record.errors),
        limited: eb('usage_day.limited', '+', record.limited),
        cached: eb('usage_day.cached', '+', record.cached),
        input_tokens: eb('usage_day.input_tokens', '+', record.inputTokens),
        output_tokens: eb('usage_day.output_tokens', '+', record.outputTokens),
        cost: sql<number | null>`coalesce(usage_day.cost + excluded.cost, usage_day.cost, excluded.cost)`,
        unpriced_tokens: eb('usage_day.unpriced_tokens', '+', record.unpricedTokens),
        last_at: record.lastAt,
      })),
    )
    .execute()
}

async function addModelUsage(transaction: Kysely<Database>, record: ModelUsageRecord): Promise<void> {
  await transaction
    .insertInto('model_usage_day')
    .values(modelUsageCodec.encode(record))
    .onConflict((conflict) =>
      conflict.columns(['user_id', 'day', 'flow_id', 'provider', 'model']).doUpdateSet((eb) => ({
        calls: eb('model_usage_day.calls', '+', record.calls),
        input_tokens: eb('model_usage_day.input_tokens', '+', record.inputTokens),
        output_tokens: eb('model_usage_day.output_tokens', '+', record.outputTokens),
        cost: sql<number | null>`coalesce(model_usage_day.cost + excluded.cost, model_usage_day.cost, excluded.cost)`,
      })),
    )
    .execute()
}

function byModel(a: ModelUsageRecord, b: ModelUsageRecord): number {
  const place = ({ userId, day, flowId, provider, model }: ModelUsageRecord) =>
    [userId, day, flowId, provider, model].join(' ')
  return place(a) < place(b) ? -1 : 1
}

/** One order for all processes, as that of ids. */
function byPlace(a: UsageRecord, b: UsageRecord): number {
  const place = ({ userId, day, flowId, keyId, bucket }: UsageRecord) => [userId, day, flowId, keyId, bucket].join(' ')
  return place(a) < place(b) ? -1 : 1
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}

function* slices<Item>(rows: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < rows.length; at += ROWS) yield rows.slice(at, at + ROWS)
}
