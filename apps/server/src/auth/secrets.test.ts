import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createSecrets, makeApiKey, readOrMakeSecret } from './secrets.ts'

const secrets = createSecrets('x'.repeat(32))

test('what was encrypted is read again, and never looks the same twice', () => {
  const sealed = secrets.encrypt('sk-secret ü')
  expect(sealed).not.toContain('secret')
  expect(secrets.encrypt('sk-secret ü')).not.toBe(sealed)
  expect(secrets.decrypt(sealed)).toBe('sk-secret ü')
})

test('a changed text and another secret are refused', () => {
  const sealed = secrets.encrypt('text')
  expect(() => secrets.decrypt(`${sealed.slice(0, -4)}AAAA`)).toThrow()
  expect(() => createSecrets('y'.repeat(32)).decrypt(sealed)).toThrow()
  expect(() => secrets.decrypt('plain')).toThrow('not encrypted')
})

test('the secret is made once, for its owner alone', async () => {
  const dir = join(await mkdtemp(join(tmpdir(), 'runnel-')), 'data')
  const [first, second] = await Promise.all([readOrMakeSecret(dir), readOrMakeSecret(dir)])
  expect(second).toBe(first)
  expect(first.length).toBeGreaterThanOrEqual(43)
  expect((await stat(join(dir, 'secret_key'))).mode & 0o777).toBe(0o600)
  expect(await readFile(join(dir, 'secret_key'), 'utf8')).toBe(first)
})

test('a secret file of less than 32 bytes stops the start', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'runnel-'))
  await writeFile(join(dir, 'secret_key'), 'short')
  await expect(readOrMakeSecret(dir)).rejects.toThrow('less than 32 bytes')
})

test('keys have the form clients know', () => {
  expect(makeApiKey()).toMatch(/^sk-[A-Za-z0-9_-]{43}$/)
})
