import { expect, test } from 'vitest'
import { authForm, authSettings, callbackAddress, isComplete } from './auth-form.ts'

const page = {
  origin: 'https://flows.example.com',
  hostname: 'flows.example.com',
  port: '',
  protocol: 'https:',
}

test('a first sign-in begins with the address of the page', () => {
  expect(authForm(null, page)).toMatchObject({
    oauth_server_url: 'https://flows.example.com',
    oauth_host: 'flows.example.com',
    oauth_port: '443',
    oauth_client_id: '',
  })
})

test('stored fields are shown as they are, the empty ones empty', () => {
  const stored = { auth_type: 'oauth', oauth_client_id: 'desk', oauth_server_url: null, oauth_port: '9000' } as const
  expect(authForm(stored, page)).toMatchObject({ oauth_client_id: 'desk', oauth_server_url: '', oauth_port: '9000' })
})

test('nothing of a provider is sent unless there is one', () => {
  const form = { ...authForm(null, page), oauth_client_id: ' desk ' }
  expect(authSettings('apikey', form)).toEqual({ auth_type: 'apikey' })
  expect(authSettings('oauth', form)).toMatchObject({ oauth_client_id: 'desk', oauth_client_secret: null })
})

test('a sign-in needs a client and the addresses of its provider', () => {
  const form = { ...authForm(null, page), oauth_client_id: 'desk', oauth_auth_url: 'https://id.example.com/a' }
  expect(isComplete(form)).toBe(false)
  expect(isComplete({ ...form, oauth_token_url: 'https://id.example.com/t' })).toBe(true)
})

test('the address to come back to follows the server and the path', () => {
  const form = authForm(null, page)
  expect(callbackAddress(form, '/back')).toBe('https://flows.example.com/back')
  const local = { ...form, oauth_server_url: '', oauth_host: 'localhost', oauth_port: '9000' }
  expect(callbackAddress({ ...local, oauth_callback_path: '/auth/idaas/callback' }, '/back')).toBe(
    'http://localhost:9000/auth/idaas/callback',
  )
  expect(callbackAddress({ ...form, oauth_server_url: 'no address' }, '/back')).toBeUndefined()
})
