import { messageCodec, runCodec, runStepCodec } from '../database.ts'
import type { RunBatch } from '../records.ts'
import type { KeyUse } from './engine.ts'
import type { Statement } from './sqlite-writer.ts'

const saveRun = insertSql('run', runCodec.columns, true)
const saveMessage = insertSql('message', messageCodec.columns, true)
const saveStep = insertSql('run_step', runStepCodec.columns, false)
const saveKeyUse = 'update api_key set total_uses = total_uses + ?, last_used_at = ? where id = ?'

/** What runs left behind as a few statements, each prepared once: the path that every run takes. */
export function batchStatements(batches: readonly RunBatch[], keyUses: readonly KeyUse[]): readonly Statement[] {
  const statements: Statement[] = []
  for (const { run, messages, steps } of batches) {
    if (run) statements.push([saveRun, runCodec.values(run)])
    for (const message of messages) statements.push([saveMessage, messageCodec.values(message)])
    for (const step of steps) statements.push([saveStep, runStepCodec.values(step)])
  }
  for (const { id, uses, lastUsedAt } of keyUses) statements.push([saveKeyUse, [uses, lastUsedAt, id]])
  return statements
}

function insertSql(table: string, columns: readonly string[], orReplace: boolean): string {
  const insert = `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
  if (!orReplace) return insert
  const sets = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`)
  return `${insert} on conflict (id) do update set ${sets.join(', ')}`
}
