import { randomBytes } from 'node:crypto'
import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'
import { newUser } from '../users/user-service.ts'
import { checkPassword, hashPassword } from './passwords.ts'

export interface FirstStartOptions {
  readonly storage: Pick<Storage, 'users'>
  readonly config: Pick<Config, 'autoLogin' | 'superuser' | 'superuserPassword'>
  readonly now: () => number
  /** Shows a line to the operator, once. */
  readonly print: (line: string) => void
}

/**
 * Makes sure there is a first user. With auto login that user needs no password; without, the password is the one
 * given, or one made up and printed. @throws AppError `password_common` for a password known to everyone.
 */
export async function prepareFirstUser({ storage, config, now, print }: FirstStartOptions): Promise<UserRecord> {
  const { superuser: username, superuserPassword: given } = config
  const found = await storage.users.findByName(username)
  if (found && (found.passwordHash !== null || config.autoLogin)) return found
  if (given !== undefined) checkPassword(given, username)
  const password = given ?? (config.autoLogin ? undefined : randomBytes(12).toString('base64url'))
  const passwordHash = password === undefined ? null : await hashPassword(password)
  const user = found
    ? ((await storage.users.update(found.id, { passwordHash })) ?? found)
    : await storage.users.add(
        newUser({ id: newId(), username, passwordHash, isActive: true, isSuperuser: true, now: now() }),
      )
  if (password !== undefined && given === undefined) {
    print(`The first user is "${username}" with the password ${password} - it is shown only now.`)
  }
  return user
}
