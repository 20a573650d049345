import { AppError } from '@runnel/protocol/errors'
import {
  createUser,
  deleteOwnAccount,
  deleteUser,
  listUsers,
  readCurrentUser,
  readUser,
  resetPassword,
  updateUser,
} from '@runnel/protocol/users'
import type { UserRecord } from '@runnel/storage/records'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { noteAudit } from '../audit/audit-trail.ts'
import { implement, implementOpen } from '../http/implement.ts'
import type { Services } from '../services.ts'
import { toUserRead } from './user-wire.ts'

/** Sign-up and the management of users. */
export function usersRoutes(
  app: FastifyInstance,
  { users, storage, authenticator }: Pick<Services, 'users' | 'storage' | 'authenticator'>,
): void {
  implementOpen(app, createUser, async ({ body, request }) => {
    const by = await callerIfAny(request, authenticator)
    return toUserRead(await users.add(body, by, request.ip))
  })
  implement(app, readCurrentUser, ({ user }) => toUserRead(user))
  implement(app, listUsers, async ({ query }) => {
    const [total_count, found] = await Promise.all([storage.users.count(query), storage.users.list(query)])
    return { total_count, users: found.map(toUserRead) }
  })
  implement(app, readUser, async ({ params, user }) => toUserRead(await users.find(params.user_id, user)))
  implement(app, updateUser, async ({ params, body, user }, reply) => {
    const before = await users.find(params.user_id, user)
    const isEmpty = Object.values(body).every((value) => value === null || value === undefined)
    if (isEmpty) return reply.code(304).send()
    return toUserRead(await users.update(before.id, body, user))
  })
  implement(app, resetPassword, async ({ params, body, user }) =>
    toUserRead(
      await users.resetPassword(params.user_id, { password: body.password, current: body.current_password }, user),
    ),
  )
  implement(app, deleteOwnAccount, async ({ body, user }) => {
    await users.removeOwn(user, body.password)
    return { detail: 'User deleted' }
  })
  implement(app, deleteUser, async ({ params, user }) => {
    await users.remove(params.user_id, user)
    return { detail: 'User deleted' }
  })
}

/** Visitors sign up without credentials; bad credentials are refused all the same. */
async function callerIfAny(
  request: FastifyRequest,
  authenticator: Services['authenticator'],
): Promise<UserRecord | undefined> {
  try {
    const { user } = await authenticator.identify(request)
    noteAudit(request, { actor: user.username, actorId: user.id })
    return user
  } catch (error) {
    if (error instanceof AppError && (error.code === 'key_required' || error.code === 'auto_login_key_required')) {
      return undefined
    }
    throw error
  }
}
