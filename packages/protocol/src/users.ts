import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleUser } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { queryInteger } from './query.ts'

export const UserRead = z.object({
  id: z.string(),
  username: z.string(),
  profile_image: z.string().nullable(),
  store_api_key: z.string().nullable(),
  is_active: z.boolean(),
  is_superuser: z.boolean(),
  create_at: z.string(),
  updated_at: z.string(),
  last_login_at: z.string().nullable(),
  optins: z.looseObject({}),
})
export type UserRead = z.output<typeof UserRead>

const Username = z.string().min(1).max(150)
const Optins = z.looseObject({})
const params = z.object({ user_id: Uuid })

const exampleNewUser = {
  ...exampleUser,
  profile_image: null,
  is_active: false,
  updated_at: exampleUser.create_at,
  last_login_at: null,
}

export const createUser = defineEndpoint({
  method: 'POST',
  path: '/api/v1/users/',
  audit: 'user.create',
  tag: 'Users',
  summary: 'Sign up, or create a user as a superuser',
  access: 'none',
  body: z.object({ username: Username, password: z.string(), optins: Optins.nullish() }),
  status: 201,
  response: UserRead,
  examples: { body: { username: exampleUser.username, password: 'correct horse battery' }, response: exampleNewUser },
  errors: {
    400: 'This username is unavailable.',
    403: 'Public user registration is disabled.',
    429: 'Too many new accounts from this address',
  },
})

export const readCurrentUser = defineEndpoint({
  method: 'GET',
  path: '/api/v1/users/whoami',
  tag: 'Users',
  summary: 'Read the current user',
  access: 'user',
  response: UserRead,
  examples: { response: exampleUser },
})

export const listUsers = defineEndpoint({
  method: 'GET',
  path: '/api/v1/users/',
  tag: 'Users',
  summary: 'List users, oldest first; of one name, or of those whose name holds a text',
  access: 'superuser',
  query: z.object({
    skip: queryInteger({ min: 0 }).default(0),
    limit: queryInteger({ min: 1, max: 1000 }).default(10),
    username: z.string().optional(),
    /** A part of the name, in either case. */
    search: z.string().optional(),
  }),
  response: z.object({ total_count: z.number().int(), users: z.array(UserRead) }),
  examples: { response: { total_count: 1, users: [exampleUser] } },
})

export const readUser = defineEndpoint({
  method: 'GET',
  path: '/api/v1/users/:user_id',
  tag: 'Users',
  summary: 'Read a user: yourself, or as a superuser anyone',
  access: 'user',
  params,
  response: UserRead,
  examples: { response: exampleUser },
  errors: { 404: 'User not found' },
})

export const updateUser = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/users/:user_id',
  audit: 'user.update',
  tag: 'Users',
  summary: 'Change a user; 304 when nothing is given',
  access: 'user',
  params,
  body: z.object({
    username: Username.nullish(),
    profile_image: z.string().nullish(),
    password: z.string().nullish(),
    is_active: z.boolean().nullish(),
    is_superuser: z.boolean().nullish(),
    optins: Optins.nullish(),
  }),
  response: UserRead,
  examples: { body: { profile_image: exampleUser.profile_image }, response: exampleUser },
  errors: { 400: 'This username is unavailable.', 403: 'Permission denied', 404: 'User not found' },
})

export const resetPassword = defineEndpoint({
  method: 'PATCH',
  path: '/api/v1/users/:user_id/reset-password',
  audit: 'user.reset_password',
  tag: 'Users',
  summary: 'Change your own password; every token and key of yours ends',
  access: 'user',
  params,
  body: z.object({
    password: z.string(),
    /** Checked when it is given, as clients from 1.13 on do. */
    current_password: z.string().nullish(),
  }),
  response: UserRead,
  examples: { body: { password: 'correct horse battery' }, response: exampleUser },
  errors: { 400: "You can't use your current password", 404: 'User not found' },
})

export const deleteOwnAccount = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/users/whoami',
  audit: 'user.delete_own',
  tag: 'Users',
  summary: 'Delete your own account and everything that is yours',
  access: 'user',
  body: z.object({ password: z.string() }),
  response: z.object({ detail: z.string() }),
  examples: { body: { password: 'correct horse battery' }, response: { detail: 'User deleted' } },
  errors: { 400: 'Current password is incorrect' },
})

export const deleteUser = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/users/:user_id',
  audit: 'user.delete',
  tag: 'Users',
  summary: 'Delete a user and everything that is theirs',
  access: 'superuser',
  params,
  response: z.object({ detail: z.string() }),
  examples: { response: { detail: 'User deleted' } },
  errors: { 400: "You can't delete your own user account", 404: 'User not found' },
})
