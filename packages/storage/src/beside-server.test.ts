import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSqlite } from './dialect/node-sqlite.ts'
import { openStorage } from './open-storage.ts'

let folder: string
let sqlitePath: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runnel-beside-'))
  sqlitePath = join(folder, 'runnel.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a command beside a server writes what the server reads at once', async () => {
  await using server = await opened({ sqlitePath })
  await using command = await opened({ sqlitePath, besideServer: true })
  await command.storage.settings.set('from', 'the command')
  expect(await server.storage.settings.get('from')).toBe('the command')
  await server.storage.settings.set('from', 'the server')
  expect(await command.storage.settings.get('from')).toBe('the server')
})

test('the server goes on when the command has closed the store', async () => {
  await using server = await opened({ sqlitePath })
  {
    await using _command = await opened({ sqlitePath, besideServer: true })
  }
  await expect(openStorage({ sqlitePath })).rejects.toThrow('Another process uses the database')
  await expect(server.storage.ping()).resolves.toMatchObject({ journalMode: 'wal' })
})

test('without a server the command opens the store as any other, lock included', async () => {
  await using _command = await opened({ sqlitePath, besideServer: true })
  await expect(openStorage({ sqlitePath })).rejects.toThrow('Another process uses the database')
})

test('a guest sets nothing up', async () => {
  const starting = openSqlite(sqlitePath)
  await expect(openStorage({ sqlitePath, besideServer: true })).rejects.toThrow('Try again in a moment')
  await starting.close()
})

test('opening tells which migrations it found and applied', async () => {
  {
    await using first = await opened({ sqlitePath })
    expect(first.storage.migrated.from).toBeNull()
  }
  await using second = await opened({ sqlitePath })
  expect(second.storage.migrated.from).toBe(second.storage.migrated.to)
})

async function opened(options: Parameters<typeof openStorage>[0]) {
  const storage = await openStorage(options)
  return { storage, [Symbol.asyncDispose]: () => storage.close() }
}
