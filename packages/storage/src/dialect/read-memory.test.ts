import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStorage, type Storage } from '../open-storage.ts'
import { createReadMemory, REMEMBERED_MS } from './read-memory.ts'

describe('a read memory', () => {
  test('gives what it was told, a missing row included', () => {
    const memory = createReadMemory(() => 0)
    memory.remember('a', 1)
    memory.remember('b', undefined)
    expect([memory.recall('a'), memory.recall('b'), memory.recall('c')]).toEqual([
      { value: 1 },
      { value: undefined },
      undefined,
    ])
  })

  test('forgets when something was written', () => {
    const memory = createReadMemory()
    memory.remember('a', 1)
    memory.forget()
    expect(memory.recall('a')).toBeUndefined()
  })

  test('forgets after its time, counted from the oldest', () => {
    let now = 0
    const memory = createReadMemory(() => now)
    memory.remember('a', 1)
    now = REMEMBERED_MS - 1
    memory.remember('b', 2)
    expect(memory.recall('a')).toEqual({ value: 1 })
    now = REMEMBERED_MS
    expect(memory.recall('b')).toBeUndefined()
  })
})

describe('a key that is asked for again and again', () => {
  let folder: string
  let storage: Storage
  const user = {
    id: '01890000-0000-7000-8000-000000000001',
    username: 'ada',
    passwordHash: null,
    isActive: true,
    isSuperuser: false,
    profileImage: null,
    optins: {},
    createdAt: 0,
    updatedAt: 0,
    lastLoginAt: null,
  }
  const key = {
    id: '01890000-0000-7000-8000-000000000002',
    userId: user.id,
    name: 'k',
    hash: 'h',
    prefix: 'sk-',
    isActive: true,
    totalUses: 0,
    createdAt: 0,
    lastUsedAt: null,
    expiresAt: null,
  }
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'runnel-memory-'))
    storage = await openStorage({ sqlitePath: join(folder, 'runnel.db') })
    await storage.users.add(user)
    await storage.apiKeys.add(key)
    expect((await storage.apiKeys.findByHash('h'))?.user.isActive).toBe(true)
  })
  afterEach(async () => {
    await storage.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('tells of a change of its user at once', async () => {
    await storage.users.update(user.id, { isActive: false })
    expect((await storage.apiKeys.findByHash('h'))?.user.isActive).toBe(false)
  })

  test('is gone as soon as it is removed', async () => {
    await storage.apiKeys.remove(user.id, key.id)
    expect(await storage.apiKeys.findByHash('h')).toBeUndefined()
  })

  test('is gone once a command beside the server that removed it has ended', async () => {
    const command = await openStorage({ sqlitePath: join(folder, 'runnel.db'), besideServer: true })
    await command.apiKeys.remove(user.id, key.id)
    await command.close()
    expect(await storage.apiKeys.findByHash('h')).toBeUndefined()
  })
})
