import { newApiKey } from '@runnel/server/api-keys/new-api-key'
import { prepareFirstUser } from '@runnel/server/auth/first-start'
import type { Config } from '@runnel/server/config'
import { openStore } from '@runnel/server/open-store'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import { CommandError } from './failure.ts'
import type { Output } from './output.ts'

/**
 * Makes a key of the first superuser and prints it. Earlier keys stay; a server may be running.
 * @throws CannotOpenStorage, or CommandError when there is no user it could be for
 */
export async function createApiKey(config: Config, { print, warn, isTerminal }: Output): Promise<void> {
  const storage = await openStore(config, { besideServer: true })
  try {
    const user = await superuserOf(storage, config, warn)
    const { text, record } = newApiKey({ userId: user.id, name: 'CLI', now: Date.now() })
    await storage.apiKeys.add(record)
    // The key stands on the last line for `| tail -1`; a person is told more.
    print('API Key Created Successfully')
    print(isTerminal ? `\n  ${text}\n\nKeep it in a safe place: it is shown only now.` : text)
  } finally {
    await storage.close()
  }
}

/** The user the settings name, else the oldest superuser; on a new database the first user, who is made now. */
async function superuserOf(storage: Storage, config: Config, print: (line: string) => void): Promise<UserRecord> {
  const named = await storage.users.findByName(config.superuser)
  if (named?.isSuperuser && named.isActive) return named
  const users = await storage.users.list()
  if (users.length === 0) return prepareFirstUser({ storage, config, now: Date.now, print })
  const oldest = users.find(({ isSuperuser, isActive }) => isSuperuser && isActive)
  if (oldest) return oldest
  throw new CommandError('No superuser is active, so nobody can have this key. Make one with: runnel superuser')
}
