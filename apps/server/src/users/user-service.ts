import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import { createAttemptLimiter } from '../auth/attempt-limiter.ts'
import { checkPassword, hashPassword, isPasswordOf } from '../auth/passwords.ts'
import type { Config } from '../config.ts'
import type { ProjectService } from '../projects/project-service.ts'

export interface UserServiceOptions {
  readonly storage: Pick<Storage, 'users' | 'apiKeys' | 'refreshTokens'>
  readonly config: Pick<Config, 'autoLogin' | 'enableSignup' | 'newUserIsActive'>
  readonly projects: Pick<ProjectService, 'defaultProject'>
  readonly now: () => number
}

export interface NewUser {
  readonly username: string
  readonly password: string
  readonly optins?: Readonly<Record<string, unknown>> | null | undefined
}

export interface UserChange {
  readonly username?: string | null | undefined
  readonly profile_image?: string | null | undefined
  readonly password?: string | null | undefined
  readonly is_active?: boolean | null | undefined
  readonly is_superuser?: boolean | null | undefined
  readonly optins?: Readonly<Record<string, unknown>> | null | undefined
}

/** A new password, and the one it replaces. */
export interface PasswordChange {
  readonly password: string
  readonly current?: string | null | undefined
}

export type UserService = ReturnType<typeof createUserService>

const SIGN_UPS = { limit: 10, windowMs: 3_600_000 }

/** A record with nothing in it yet. `now` is epoch milliseconds. */
export function newUser(
  user: Pick<UserRecord, 'id' | 'username' | 'passwordHash' | 'isActive' | 'isSuperuser'> & { readonly now: number },
): UserRecord {
  const { now, ...given } = user
  return { ...given, profileImage: null, optins: {}, createdAt: now, updatedAt: now, lastLoginAt: null }
}

/** People: who may make, change and end whom. */
export function createUserService({ storage, config, projects, now }: UserServiceOptions) {
  const signUps = createAttemptLimiter(SIGN_UPS, now)
  let lastChange: Promise<unknown> = Promise.resolve()

  /** One after the other, so that two superusers cannot demote each other at the same moment. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = lastChange.then(work, work)
    lastChange = result
    return result
  }

  async function keepOneSuperuser(user: UserRecord): Promise<void> {
    if (user.isSuperuser && (await storage.users.countSuperusers()) <= 1) throw new AppError('last_superuser')
  }

  /** Ends every login and every key of a user. */
  async function endAccess(userId: string): Promise<void> {
    await storage.refreshTokens.removeOfUser(userId)
    for (const { id } of await storage.apiKeys.list(userId)) await storage.apiKeys.remove(userId, id)
  }

  async function setPassword(user: UserRecord, password: string): Promise<UserRecord> {
    checkPassword(password, user.username)
    const changed = await storage.users.update(user.id, { passwordHash: await hashPassword(password) })
    await endAccess(user.id)
    return changed ?? user
  }

  return {
    /** A new ordinary user: made by a superuser, or inactive, by anyone while sign-up is on. */
    async add({ username, password, optins }: NewUser, by: UserRecord | undefined, address: string) {
      const isSignUp = !by?.isSuperuser
      if (isSignUp && (config.autoLogin || !config.enableSignup)) throw new AppError('signup_disabled')
      if (isSignUp) {
        const retryAfterSeconds = signUps.waitSeconds(address)
        if (retryAfterSeconds !== undefined) throw new AppError('signup_rate_limited', [], { retryAfterSeconds })
        signUps.record(address)
      }
      checkPassword(password, username)
      if (await storage.users.findByName(username)) throw new AppError('username_unavailable')
      const user = newUser({
        id: newId(),
        username,
        passwordHash: await hashPassword(password),
        isActive: !isSignUp && config.newUserIsActive,
        isSuperuser: false,
        now: now(),
      })
      const added = await withFreeName(() => storage.users.add({ ...user, optins: optins ?? {} }))
      await projects.defaultProject(added.id)
      return added
    },

    /** Oneself, or anyone for a superuser. @throws AppError `user_not_found` */
    async find(id: string, by: UserRecord): Promise<UserRecord> {
      const user = by.isSuperuser || by.id === id ? await storage.users.find(id) : undefined
      if (!user) throw new AppError('user_not_found')
      return user
    },

    /** @throws AppError `permission_denied`, `password_not_yours`, `user_not_found`, `last_superuser` */
    async update(id: string, change: UserChange, by: UserRecord): Promise<UserRecord> {
      if (!by.isSuperuser && by.id !== id) throw new AppError('user_not_found')
      // An ordinary user says nothing about roles; sending what already holds is no harm.
      if (!by.isSuperuser && (change.is_superuser || change.is_active === false))
        throw new AppError('permission_denied')
      if (!by.isSuperuser && change.password) {
        throw new AppError('password_not_yours')
      }
      return inTurn(async () => {
        const user = await storage.users.find(id)
        if (!user) throw new AppError('user_not_found')
        const isDemoted = change.is_superuser === false && user.isSuperuser
        const isDeactivated = change.is_active === false && user.isActive
        if (isDemoted || isDeactivated) await keepOneSuperuser(user)
        const withPassword = change.password ? await setPassword(user, change.password) : user
        const changed = await withFreeName(() =>
          storage.users.update(id, {
            ...(change.username && { username: change.username }),
            ...(change.profile_image && { profileImage: change.profile_image }),
            ...(change.optins && { optins: { ...user.optins, ...change.optins } }),
            ...(by.isSuperuser && typeof change.is_active === 'boolean' && { isActive: change.is_active }),
            ...(by.isSuperuser && typeof change.is_superuser === 'boolean' && { isSuperuser: change.is_superuser }),
          }),
        )
        if (isDeactivated) await endAccess(id)
        return changed ?? withPassword
      })
    },

    /** Only one's own; `current` is checked when it is given. @throws AppError `password_wrong`, `password_same`, `user_not_found` */
    async resetPassword(id: string, { password, current }: PasswordChange, by: UserRecord): Promise<UserRecord> {
      if (by.id !== id) throw new AppError('user_not_found')
      if (typeof current === 'string' && !(await isPasswordOf(by.passwordHash, current))) {
        throw new AppError('password_wrong')
      }
      if (await isPasswordOf(by.passwordHash, password)) {
        throw new AppError('password_same')
      }
      return setPassword(by, password)
    },

    /** @throws AppError `bad_request`, `user_not_found`, `last_superuser` */
    remove: (id: string, by: UserRecord): Promise<void> =>
      inTurn(async () => {
        if (by.id === id) throw new AppError('bad_request', ["You can't delete your own user account"])
        const user = await storage.users.find(id)
        if (!user) throw new AppError('user_not_found')
        await keepOneSuperuser(user)
        await storage.users.remove(id)
      }),

    /** @throws AppError `password_wrong`, `last_superuser` */
    removeOwn: (by: UserRecord, password: string): Promise<void> =>
      inTurn(async () => {
        if (!(await isPasswordOf(by.passwordHash, password))) throw new AppError('password_wrong')
        await keepOneSuperuser(by)
        await storage.users.remove(by.id)
      }),
  }
}

async function withFreeName<Value>(write: () => Promise<Value>): Promise<Value> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'name_not_unique')) throw error
    throw new AppError('username_unavailable', [], { cause: error })
  }
}
