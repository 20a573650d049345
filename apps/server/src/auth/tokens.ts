import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'

/** What a token says. Times are epoch seconds. */
export interface TokenClaims {
  /** The user's id. */
  readonly sub: string
  readonly type: 'access' | 'refresh'
  readonly exp: number
  readonly iat: number
  /** Changes with the user's password, so that tokens of the old one end. */
  readonly pwd: string
  /** Of a refresh token: its own id and that of its login. */
  readonly jti?: string
  readonly fam?: string
  /** Was given without a password; ends when auto login is switched off. */
  readonly auto?: true
}

/** The one header we write and read: another algorithm, `kid` or `jwk` is no token of ours. */
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url')
const MAX_CHARACTERS = 4096

export interface TokenSigner {
  sign(claims: TokenClaims): string
  /** @throws AppError `credentials_invalid`, `token_expired` or `token_details_invalid` */
  verify(token: string, type: TokenClaims['type']): TokenClaims
}

/** Signs with HS256 under `key`, which has at least 256 bits. `now` gives epoch milliseconds. */
export function createTokenSigner(key: Buffer, now: () => number): TokenSigner {
  const signatureOf = (content: string) => createHmac('sha256', key).update(content).digest()
  return {
    sign(claims) {
      const content = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
      return `${content}.${signatureOf(content).toString('base64url')}`
    },
    verify(token, type) {
      const [header, payload, signature, ...rest] = token.length > MAX_CHARACTERS ? [] : token.split('.')
      if (header !== HEADER || payload === undefined || signature === undefined || rest.length > 0) {
        throw new AppError('credentials_invalid')
      }
      const given = Buffer.from(signature, 'base64url')
      const expected = signatureOf(`${header}.${payload}`)
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
        throw new AppError('credentials_invalid')
      }
      const claims = claimsOf(payload)
      if (!claims || claims.type !== type) throw new AppError('token_details_invalid')
      if (claims.exp <= now() / 1000) throw new AppError('token_expired')
      return claims
    },
  }
}

function claimsOf(payload: string): TokenClaims | undefined {
  // Signed by us, so it is JSON; what it holds may still be of an older form.
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  if (!isObject(claims) || typeof claims.sub !== 'string' || claims.sub === '') return undefined
  if ((claims.type !== 'access' && claims.type !== 'refresh') || typeof claims.exp !== 'number') return undefined
  return typeof claims.pwd === 'string' ? (claims as unknown as TokenClaims) : undefined
}
