import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createTokenSigner, type TokenClaims } from './tokens.ts'

const key = Buffer.alloc(32, 1)
const now = 1_700_000_000_000
const signer = createTokenSigner(key, () => now)
const claims: TokenClaims = { sub: 'u', type: 'access', exp: now / 1000 + 60, iat: now / 1000, pwd: 'mark' }
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const forge = (header: unknown, payload: unknown, secret: Buffer | string = key) => {
  const content = `${part(header)}.${part(payload)}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

test('a token says what it was given', () => {
  expect(signer.verify(signer.sign(claims), 'access')).toEqual(claims)
})

test.each([
  ['no algorithm', `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`],
  ['another algorithm', forge({ alg: 'HS512', typ: 'JWT' }, claims)],
  ['a key id', forge({ alg: 'HS256', typ: 'JWT', kid: '../../dev/null' }, claims)],
  ['a foreign key', forge({ alg: 'HS256', typ: 'JWT' }, claims, Buffer.alloc(32, 2))],
  ['a text-book secret', forge({ alg: 'HS256', typ: 'JWT' }, claims, 'secret')],
  ['changed claims', signer.sign(claims).replace(/\.[^.]+\./, `.${part({ ...claims, sub: 'other' })}.`)],
  ['four parts', `${signer.sign(claims)}.x`],
  ['nothing', ''],
  ['ten thousand letters', 'a'.repeat(10_000)],
])('a token with %s is refused', (_, token) => {
  expect(() => signer.verify(token, 'access')).toThrow('Could not validate credentials')
})

test('a refresh token is no access token', () => {
  expect(() => signer.verify(signer.sign({ ...claims, type: 'refresh' }), 'access')).toThrow('Invalid token details.')
})

test('a token ends', () => {
  expect(() => signer.verify(signer.sign({ ...claims, exp: now / 1000 }), 'access')).toThrow('Token has expired.')
})
