import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openStorage, type Storage } from '@runnel/storage/open-storage'
import type { Config } from './config.ts'

/**
 * Opens the database the settings name; the data folder is made when missing, for its owner alone. `besideServer`
 * opens it while a server uses it, for a short command.
 * @throws CannotOpenStorage
 */
export async function openStore(
  { databaseUrl, dataDir }: Pick<Config, 'databaseUrl' | 'dataDir'>,
  { besideServer = false }: { readonly besideServer?: boolean } = {},
): Promise<Storage> {
  if (databaseUrl === undefined) await mkdir(dataDir, { recursive: true, mode: 0o700 })
  return openStorage({
    ...(databaseUrl !== undefined && { databaseUrl }),
    sqlitePath: join(dataDir, 'runnel.db'),
    besideServer,
  })
}
