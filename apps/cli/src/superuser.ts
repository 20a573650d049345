import { randomUUID } from 'node:crypto'
import { checkPassword, hashPassword } from '@runnel/server/auth/passwords'
import type { Config } from '@runnel/server/config'
import { openStore } from '@runnel/server/open-store'
import { createProjectService } from '@runnel/server/projects/project-service'
import { newUser } from '@runnel/server/users/user-service'
import type { Storage } from '@runnel/storage/open-storage'
import type { Output } from './output.ts'

export interface Credentials {
  readonly username: string
  readonly password: string
}

/**
 * Makes a superuser who can log in. A user of that name becomes one, with this password: every login and key they had
 * ends then. Whoever may read the data folder may do this, and nobody else.
 * @throws AppError `password_length`, `password_common`, CannotOpenStorage
 */
export async function makeSuperuser(config: Config, { username, password }: Credentials, output: Output) {
  checkPassword(password, username)
  const passwordHash = await hashPassword(password)
  const storage = await openStore(config, { besideServer: true })
  try {
    const known = await storage.users.findByName(username)
    if (known) {
      await storage.users.update(known.id, { passwordHash, isActive: true, isSuperuser: true })
      await endAccess(storage, known.id)
      output.print(`${username} is a superuser and has the new password. Earlier logins and API keys have ended.`)
      return
    }
    const now = Date.now
    const user = newUser({ id: randomUUID(), username, passwordHash, isActive: true, isSuperuser: true, now: now() })
    await storage.users.add(user)
    await createProjectService({ storage, config, now }).defaultProject(user.id)
    output.print(`The superuser ${username} was made.`)
  } finally {
    await storage.close()
  }
}

async function endAccess(storage: Storage, userId: string): Promise<void> {
  await storage.refreshTokens.removeOfUser(userId)
  for (const { id } of await storage.apiKeys.list(userId)) await storage.apiKeys.remove(userId, id)
}
