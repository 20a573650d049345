import { messageCodec, runCodec, runStepCodec } from '../database.ts'
import type { RunBatch } from '../records.ts'
import type { Bindable, KeyUse } from './engine.ts'

type Execute = (sql: string, parameters: readonly Bindable[]) => void

const saveRun = insertSql('run', runCodec.columns, true)
const saveMessage = insertSql('message', messageCodec.columns, true)
const saveStep = insertSql('run_step', runStepCodec.columns, false)
const saveKeyUse = 'update api_key set total_uses = total_uses + ?, last_used_at = ? where id = ?'

/** Writes what runs left behind by statements prepared once: the path that every run takes. */
export function writeBatches(execute: Execute, batches: readonly RunBatch[], keyUses: readonly KeyUse[]): void {
  for (const { run, messages, steps } of batches) {
    if (run) execute(saveRun, runCodec.values(run))
    for (const message of messages) execute(saveMessage, messageCodec.values(message))
    for (const step of steps) execute(saveStep, runStepCodec.values(step))
  }
  for (const { id, uses, lastUsedAt } of keyUses) execute(saveKeyUse, [uses, lastUsedAt, id])
}

function insertSql(table: string, columns: readonly string[], orReplace: boolean): string {
  const insert = `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
  if (!orReplace) return insert
  const sets = columns.filter((column) => column !== 'id').map((column) => `${column} = excluded.${column}`)
  return `${insert} on conflict (id) do update set ${sets.join(', ')}`
}
