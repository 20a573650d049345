import type { Transaction } from 'kysely'
import type { Database } from './database.ts'

/** SQLite and Postgres bind at most some tens of thousands of values in one statement. */
const SLICE = 1000

/** Removes flows of one user and all that their runs left behind; answers how many flows went. */
export async function removeFlows(
  transaction: Transaction<Database>,
  userId: string,
  ids: readonly string[],
): Promise<number> {
  let removed = 0
  for (let at = 0; at < ids.length; at += SLICE) {
    const rows = await transaction
      .deleteFrom('flow')
      .where('user_id', '=', userId)
      .where('id', 'in', ids.slice(at, at + SLICE))
      .returning('id')
      .execute()
    if (rows.length === 0) continue
    const gone = rows.map((row) => row.id)
    await transaction.deleteFrom('message').where('flow_id', 'in', gone).execute()
    await transaction.deleteFrom('run_step').where('flow_id', 'in', gone).execute()
    await transaction.deleteFrom('run').where('flow_id', 'in', gone).execute()
    await transaction.deleteFrom('run_sum').where('user_id', '=', userId).where('flow_id', 'in', gone).execute()
    await transaction.deleteFrom('run_graph').where('flow_id', 'in', gone).execute()
    await transaction.deleteFrom('run_job').where('flow_id', 'in', gone).execute()
    removed += gone.length
  }
  return removed
}
