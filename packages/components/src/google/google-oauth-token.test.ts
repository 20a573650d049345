import { fakeGoogle, serviceAccountFile, userCredentials } from '@runnel/testing/fake-google'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { googleOAuthToken } from './google-oauth-token.ts'

const SCOPES = 'https://www.googleapis.com/auth/drive.readonly, https://mail.google.com/'
const stored = (name: string, text: string) => ({
  [`user-1/${name}`]: { name, mediaType: 'application/json', bytes: new TextEncoder().encode(text) },
})
const token = (json: string, more = {}, files = {}) =>
  runComponent(
    googleOAuthToken,
    { scopes: SCOPES, oauth_credentials: ['user-1/c.json'], ...more },
    { http: fakeGoogle(() => undefined), files: { ...stored('c.json', json), ...files } },
  )
const client = JSON.stringify({
  installed: { client_id: 'client', client_secret: 'secret', token_uri: 'https://oauth2.test/token' },
})

test('gives a new token for credentials of a user', async () => {
  const { output } = await token(JSON.stringify(userCredentials))
  expect(output).toMatchObject({ data: { token: 'good', refresh_token: 'refresh', client_secret: 'secret' } })
})

test('gives a token for a service account', async () => {
  expect((await token(serviceAccountFile)).output).toMatchObject({ data: { token: 'good' } })
})

test('tells where to agree, and gives a token for the address the browser ends at, then and later', async () => {
  await expect(token(client)).rejects.toThrow(
    /Open https:\/\/accounts\.google\.com\/o\/oauth2\/auth\?client_id=client&.*scope=https%3A%2F%2Fwww\.googleapis\.com%2Fauth%2Fdrive\.readonly\+https/,
  )
  const first = await token(client, { authorization_code: 'http://localhost/?code=code&scope=x' })
  expect(first.output).toMatchObject({ data: { token: 'good', refresh_token: 'refresh', client_id: 'client' } })
  const [[name, text] = ['', '']] = Object.entries(first.$saved)
  const later = await token(client, { authorization_code: 'used' }, stored(name, text))
  expect(later.output).toMatchObject({ data: { token: 'good', refresh_token: 'refresh' } })
})

test.each([
  [{ scopes: 'drive' }, '{}', 'Invalid scope format.'],
  [{ oauth_credentials: [] }, '{}', 'OAuth 2.0 Credentials file not provided.'],
  [{}, 'no json', 'Invalid JSON string'],
  [{}, '{"client_id":"a"}', 'missing fields refresh_token, client_secret'],
  [{ authorization_code: 'wrong' }, client, 'Authentication error: Unable to refresh authentication token.'],
])('says what is wrong with %j and %s', async (inputs, json, why) => {
  await expect(token(json, inputs)).rejects.toThrow(why)
})
