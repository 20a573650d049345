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
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'

const open: TestApp[] = []
const start = async (options?: TestAppOptions) => {
  const made = await testApp(options)
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})
const password = 'correct horse'

test('a visitor signs up as an inactive ordinary user, whatever the body says', async () => {
  const { client, app, storage } = await start()
  const made = await client.call(createUser, { body: { username: 'ada', password } })
  expect(made).toMatchObject({ username: 'ada', is_active: false, is_superuser: false, last_login_at: null })
  const payload = { username: 'eve', password, is_superuser: true, is_active: true, id: made.id }
  const answer = await app.inject({ method: 'POST', url: '/api/v1/users/', payload })
  expect(answer.json()).toMatchObject({ is_active: false, is_superuser: false })
  expect(answer.json().id).not.toBe(made.id)
  expect(await storage.projects.list(made.id)).toMatchObject([{ name: 'My Projects' }])
})

test('a taken name, a weak password and a switched-off sign-up are refused', async () => {
  const { client } = await start()
  await client.call(createUser, { body: { username: 'ada', password } })
  await expect(client.call(createUser, { body: { username: 'ada', password } })).rejects.toMatchObject({
    status: 400,
    detail: 'This username is unavailable.',
  })
  await expect(client.call(createUser, { body: { username: 'bob', password: 'short' } })).rejects.toMatchObject({
    status: 400,
  })
  const closed = await start({ env: { LANGFLOW_ENABLE_SIGNUP: 'false' } })
  await expect(closed.client.call(createUser, { body: { username: 'ada', password } })).rejects.toMatchObject({
    status: 403,
  })
})

test('one address signs up ten times an hour', async () => {
  const { client } = await start()
  const signUp = (number: number) => client.call(createUser, { body: { username: `user${number}`, password: 'short' } })
  for (let number = 0; number < 10; number++) await expect(signUp(number)).rejects.toMatchObject({ status: 400 })
  await expect(signUp(10)).rejects.toMatchObject({ status: 429, retryAfterSeconds: expect.any(Number) })
})

test('a superuser makes, lists, changes and deletes users', async () => {
  const { client } = await start({ user: 'root', superuser: true, env: { LANGFLOW_NEW_USER_IS_ACTIVE: 'true' } })
  const { id } = await client.call(createUser, { body: { username: 'ada', password } })
  const params = { user_id: id }
  await expect(client.call(listUsers, { query: { skip: 1, limit: 1 } })).resolves.toMatchObject({
    total_count: 2,
    users: [{ username: 'ada', is_active: true }],
  })
  await expect(client.call(updateUser, { params, body: { is_superuser: true } })).resolves.toMatchObject({
    is_superuser: true,
  })
  await expect(client.call(updateUser, { params, body: { username: 'root' } })).rejects.toMatchObject({ status: 400 })
  await expect(client.call(deleteUser, { params })).resolves.toEqual({ detail: 'User deleted' })
  await expect(client.call(deleteUser, { params })).rejects.toMatchObject({ status: 404, detail: 'User not found' })
})

test('the last superuser stays', async () => {
  const { client, user } = await start({ user: 'root', superuser: true })
  const params = { user_id: user.id }
  await expect(client.call(deleteUser, { params })).rejects.toMatchObject({
    status: 400,
    detail: "You can't delete your own user account",
  })
  for (const body of [{ is_superuser: false }, { is_active: false }]) {
    await expect(client.call(updateUser, { params, body })).rejects.toMatchObject({ status: 400 })
  }
})

test('an ordinary user changes a little of their own account and nothing of others', async () => {
  const { client, user, person } = await start({ user: 'ada' })
  const bob = await person('bob')
  const own = { user_id: user.id }
  await expect(
    client.call(updateUser, { params: own, body: { profile_image: 'rocket.svg', optins: { github_starred: true } } }),
  ).resolves.toMatchObject({ profile_image: 'rocket.svg', optins: { github_starred: true, dialog_dismissed: false } })
  await expect(client.call(updateUser, { params: own, body: { is_superuser: true } })).rejects.toMatchObject({
    status: 403,
  })
  await expect(client.call(updateUser, { params: own, body: { password } })).rejects.toMatchObject({ status: 400 })
  await expect(
    client.call(updateUser, { params: { user_id: bob.user.id }, body: { username: 'x' } }),
  ).rejects.toMatchObject({ status: 404 })
  await expect(
    client.call(resetPassword, { params: { user_id: bob.user.id }, body: { password } }),
  ).rejects.toMatchObject({ status: 404 })
  await expect(client.call(listUsers, {})).rejects.toMatchObject({ status: 403 })
  await expect(client.call(deleteUser, { params: own })).rejects.toMatchObject({
    status: 403,
    detail: "The user doesn't have enough privileges",
  })
})

test('an account is deleted by its owner, with the password, unless it is the last superuser', async () => {
  const { person, storage, user, client } = await start({ user: 'root', superuser: true })
  const ada = await person('ada', { password })
  const leave = (from: typeof ada, given: string) => from.client.call(deleteOwnAccount, { body: { password: given } })
  await expect(leave(ada, 'a guess of someone')).rejects.toMatchObject({
    status: 400,
    detail: 'Current password is incorrect',
  })
  await expect(leave(ada, password)).resolves.toEqual({ detail: 'User deleted' })
  expect(await storage.users.find(ada.user.id)).toBeUndefined()
  await expect(ada.client.call(readCurrentUser, {})).rejects.toMatchObject({ status: 403 })
  await expect(client.call(deleteOwnAccount, { body: { password } })).rejects.toMatchObject({ status: 400 })
  expect(await storage.users.find(user.id)).toBeDefined()
})

test('a new password differs from the old one', async () => {
  const { person } = await start()
  const ada = await person('ada', { password })
  const params = { user_id: ada.user.id }
  await expect(ada.client.call(resetPassword, { params, body: { password } })).rejects.toMatchObject({
    status: 400,
    detail: "You can't use your current password",
  })
  await expect(ada.client.call(readCurrentUser, {})).resolves.toMatchObject({ username: 'ada', store_api_key: null })
})

test('the current password is checked when it is sent along', async () => {
  const { person } = await start()
  const ada = await person('ada', { password })
  const change = (current_password: string) =>
    ada.client.call(resetPassword, {
      params: { user_id: ada.user.id },
      body: { password: 'another good one', current_password },
    })
  await expect(change('not mine')).rejects.toMatchObject({ status: 400, detail: 'Current password is incorrect' })
  await expect(change(password)).resolves.toMatchObject({ username: 'ada' })
})

test('users are found by their name or a part of it', async () => {
  const { client, person } = await start({ user: 'root', superuser: true })
  for (const name of ['Ada', 'adam', 'a_b']) await person(name)
  const names = async (query: { search?: string; username?: string; limit?: number }) => {
    const { total_count, users } = await client.call(listUsers, { query })
    return [total_count, ...users.map(({ username }) => username)]
  }
  expect(await names({ search: 'ADA' })).toEqual([2, 'Ada', 'adam'])
  expect(await names({ search: 'ada', limit: 1 })).toEqual([2, 'Ada'])
  expect(await names({ search: '_' })).toEqual([1, 'a_b'])
  expect(await names({ username: 'adam' })).toEqual([1, 'adam'])
  expect(await names({ search: 'nobody' })).toEqual([0])
})

test('a user is read by themselves and by superusers', async () => {
  const { client, user, person } = await start({ user: 'ada' })
  const root = await person('root', { superuser: true })
  const params = { user_id: user.id }
  await expect(client.call(readUser, { params })).resolves.toMatchObject({ username: 'ada' })
  await expect(root.client.call(readUser, { params })).resolves.toMatchObject({ username: 'ada' })
  await expect(client.call(readUser, { params: { user_id: root.user.id } })).rejects.toMatchObject({ status: 404 })
})

test('a change without anything in it is 304, and of another user 404', async () => {
  const { client, user, person } = await start({ user: 'ada' })
  const params = { user_id: user.id }
  const nothing = await client.request(updateUser, { params, body: { username: null } }).catch((error) => error)
  expect(nothing.status).toBe(304)
  const { client: eve } = await person('eve')
  await expect(eve.call(updateUser, { params, body: {} })).rejects.toMatchObject({ status: 404 })
})
