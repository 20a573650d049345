import type { Insertable, Kysely } from 'kysely'
import { type Database, messageCodec, runCodec, runStepCodec } from '../database.ts'
import type { RunBatch } from '../records.ts'
import type { KeyUse } from './engine.ts'

/** Postgres binds at most 65 535 values in one statement. */
const ROWS = 1000

/** Writes what runs left behind, many rows in a statement. To be called in a transaction. */
export async function writeBatches(
  transaction: Kysely<Database>,
  batches: readonly RunBatch[],
  keyUses: readonly KeyUse[],
): Promise<void> {
  // One statement may touch a row once only: of rows with the same id the last one counts.
  const runs = new Map(batches.flatMap(({ run }) => (run ? [[run.id, runCodec.encode(run)] as const] : [])))
  const messages = new Map(
    batches.flatMap((batch) => batch.messages.map((message) => [message.id, messageCodec.encode(message)] as const)),
  )
  const steps = batches.flatMap((batch) => batch.steps.map((step) => runStepCodec.encode(step)))
  // In the order of ids, so that two processes never wait for each other's rows crosswise.
  await upsert(transaction, 'run', [...runs.values()].toSorted(byId), runCodec.columns)
  await upsert(transaction, 'message', [...messages.values()].toSorted(byId), messageCodec.columns)
  for (const slice of slices(steps)) await transaction.insertInto('run_step').values(slice).execute()
  for (const { id, uses, lastUsedAt } of keyUses.toSorted(byId)) {
    await transaction
      .updateTable('api_key')
      .set((eb) => ({ total_uses: eb('total_uses', '+', uses), last_used_at: lastUsedAt }))
      .where('id', '=', id)
      .execute()
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

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1
}

function* slices<Item>(rows: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < rows.length; at += ROWS) yield rows.slice(at, at + ROWS)
}
