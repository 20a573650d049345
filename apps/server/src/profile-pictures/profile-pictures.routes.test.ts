import { listProfilePictures } from '@runnel/protocol/profile-pictures'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, type TestAppOptions, testApp } from '../test-app.ts'

const open: TestApp[] = []
const start = async (options: TestAppOptions = {}) => {
  const made = await testApp({ user: 'ada', ...options })
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

test('every picture that is listed is a drawing, and needs no credentials', async () => {
  const { app, client } = await start()
  const { files } = await client.call(listProfilePictures, {})
  expect(files).toContain('Space/046-rocket.svg')
  expect(files).toContain('People/People Avatar-01-08.svg')
  for (const file of files) {
    const answer = await app.inject({ url: `/api/v1/files/profile_pictures/${encodeURI(file)}` })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('image/svg+xml')
    expect(answer.body).toMatch(/^<svg xmlns="[^"]+" viewBox="0 0 64 64"><rect .*<\/svg>$/)
  }
})

test.each(['Space/x.svg', 'Space/..%2f..%2fpackage.json', 'nowhere/046-rocket.svg', '__proto__/constructor'])(
  '%s is no picture',
  async (path) => {
    const { app } = await start()
    expect((await app.inject({ url: `/api/v1/files/profile_pictures/${path}` })).statusCode).toBe(404)
  },
)
