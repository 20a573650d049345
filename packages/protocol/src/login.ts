import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleUser } from './examples.ts'
import { UserRead } from './users.ts'

export const TokenAnswer = z.object({
  access_token: z.string(),
  refresh_token: z.string().nullable(),
  token_type: z.literal('bearer'),
})
export type TokenAnswer = z.output<typeof TokenAnswer>

const exampleTokens = { access_token: 'eyJhbGciOi…', refresh_token: 'eyJhbGciOi…', token_type: 'bearer' }

export const login = defineEndpoint({
  method: 'POST',
  path: '/api/v1/login',
  audit: 'login',
  tag: 'Login',
  summary: 'Log in with a password, sent as a form',
  access: 'none',
  bodyType: 'form',
  body: z.object({ username: z.string(), password: z.string() }),
  response: TokenAnswer,
  examples: { body: { username: exampleUser.username, password: 'correct horse battery' }, response: exampleTokens },
  errors: { 400: 'Waiting for approval', 401: 'Incorrect username or password', 429: 'Too many failed logins' },
})

export const autoLogin = defineEndpoint({
  method: 'GET',
  path: '/api/v1/auto_login',
  tag: 'Login',
  summary: 'Log in without a password, on this machine only',
  access: 'none',
  response: TokenAnswer,
  examples: { response: { ...exampleTokens, refresh_token: null } },
  errors: { 400: 'Auto login is disabled', 403: 'The request did not come from this machine' },
})

export const refresh = defineEndpoint({
  method: 'POST',
  path: '/api/v1/refresh',
  tag: 'Login',
  summary: 'Exchange the refresh cookie for new tokens',
  access: 'none',
  response: TokenAnswer,
  examples: { response: exampleTokens },
  errors: { 401: 'Invalid refresh token' },
})

export const logout = defineEndpoint({
  method: 'POST',
  path: '/api/v1/logout',
  tag: 'Login',
  summary: 'Log out and delete the cookies',
  access: 'none',
  response: z.object({ message: z.string() }),
  examples: { response: { message: 'Logout successful' } },
})

export const readSession = defineEndpoint({
  method: 'GET',
  path: '/api/v1/session',
  tag: 'Login',
  summary: 'Who is signed in, if anyone',
  access: 'none',
  response: z.object({
    authenticated: z.boolean(),
    user: UserRead.nullable(),
    store_api_key: z.string().nullable(),
  }),
  examples: { response: { authenticated: true, user: exampleUser, store_api_key: null } },
})
