import type { Config } from '@runnel/server/config'
import { openStore } from '@runnel/server/open-store'
import type { Output } from './output.ts'

/** Brings the database to this release and says what was done. @throws CannotOpenStorage while a server uses it */
export async function migrate(config: Config, { print }: Output): Promise<void> {
  const storage = await openStore(config)
  await storage.close()
  const { from, to } = storage.migrated
  if (from === null) print(`The database is new; it is at ${to}.`)
  else if (from === to) print(`The database is at ${to} already.`)
  else print(`The database was migrated from ${from} to ${to}.`)
}
