import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createVectorStore } from './vector-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'runnel-vector-store-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const chunk = (key: string, vector: readonly number[]) => ({ key, text: key, metadata: { key }, vector })

test('answers from its thread, keeps what it was given, and closes after its last answer', async () => {
  const path = join(folder, 'new', 'vectors.db')
  const store = createVectorStore(path)
  const made = await store.create('ada', 'store', 'a', '{}')
  const id = made?.id ?? 0
  const adding = store.add(id, [chunk('x', [1, 0]), chunk('y', [0, 1])])
  await store.close()
  await expect(adding).resolves.toEqual({ added: 2, skipped: 0 })
  await expect(store.list('ada', 'store')).rejects.toMatchObject({ code: 'overloaded' })
  expect(existsSync(`${path}-wal`)).toBe(false)
  const again = createVectorStore(path)
  expect(await again.search(id, { vector: [0, 1], limit: 1 })).toMatchObject([{ key: 'y', distance: 0 }])
  await again.close()
})

test('says what the user can change as an error of the user', async () => {
  const store = createVectorStore(':memory:')
  const id = (await store.create('ada', 'store', 'a', '{}'))?.id ?? 0
  await store.add(id, [chunk('x', [1, 0])])
  await expect(store.search(id, { vector: [1], limit: 1 })).rejects.toMatchObject({ code: 'invalid_field' })
  await store.close()
})

test('fails with a reason when its file cannot be opened', async () => {
  const store = createVectorStore(folder)
  await expect(store.list('ada', 'store')).rejects.toMatchObject({ code: 'overloaded' })
  await store.close()
})
