import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes } from 'node:crypto'
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const FILE = 'secret_key'
const MIN_BYTES = 32

/** Encryption under one key. */
export interface Seal {
  /** AES-256-GCM; the text names its scheme, so that another one can follow. */
  encrypt(text: string): string
  /** @throws Error when the text was encrypted under another key or was changed */
  decrypt(sealed: string): string
}

/** Keys derived from the server's one secret. Its own seal is for stored credentials. */
export interface Secrets extends Seal {
  readonly signingKey: Buffer
  /** A seal whose texts none for another purpose can stand in for. */
  sealFor(purpose: string): Seal
  /** A short mark of `text` that tells nothing about it. */
  mark(text: string): string
}

const SCHEME = 'gcm1:'
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Derives one key per purpose from `secret`, which has at least 32 bytes. */
export function createSecrets(secret: string): Secrets {
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'runnel', purpose, 32))
  const markKey = keyFor('marks')
  return {
    ...createSeal(keyFor('stored credentials')),
    signingKey: keyFor('tokens'),
    sealFor: (purpose) => createSeal(keyFor(`seal: ${purpose}`)),
    mark: (text) => createHmac('sha256', markKey).update(text).digest('base64url').slice(0, 12),
  }
}

function createSeal(key: Buffer): Seal {
  return {
    encrypt(text) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return SCHEME + sealed.toString('base64url')
    },
    decrypt(sealed) {
      if (!sealed.startsWith(SCHEME)) throw new Error('The stored value was not encrypted by this server')
      const bytes = Buffer.from(sealed.slice(SCHEME.length), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
      const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES))
      return Buffer.concat([text, decipher.final()]).toString('utf8')
    },
  }
}

/**
 * The secret of the data folder, made at the first start and readable by its owner alone.
 * @throws Error when the file holds less than 32 bytes
 */
export async function readOrMakeSecret(dataDir: string): Promise<string> {
  const path = join(dataDir, FILE)
  const found = await readSecret(path)
  if (found !== undefined) return found
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // Written aside and linked into place: of two processes that start together, both end with the same secret.
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, randomBytes(48).toString('base64url'), { mode: 0o600 })
  try {
    await link(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await unlink(draft)
  }
  const made = await readSecret(path)
  if (made === undefined) throw new Error(`${path} disappeared while it was being made`)
  return made
}

async function readSecret(path: string): Promise<string | undefined> {
  let text: string
  try {
    text = (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  if (Buffer.byteLength(text) < MIN_BYTES) {
    throw new Error(`${path} holds less than ${MIN_BYTES} bytes. Put the old secret back, or delete the file.`)
  }
  await chmod(path, 0o600)
  return text
}

/** How API keys are stored and found. */
export const hashApiKey = (key: string): string => hash('sha256', key)

/** A new API key: `sk-` and 43 URL-safe characters, 256 random bits. */
export const makeApiKey = (): string => `sk-${randomBytes(32).toString('base64url')}`
