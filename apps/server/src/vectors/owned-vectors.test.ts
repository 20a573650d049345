import { createVectorStore } from '@runnel/storage/vectors/vector-store'
import { expect, test } from 'vitest'
import { testApp } from '../test-app.ts'
import { withOwnedVectors } from './owned-vectors.ts'

test('a user who is removed takes all collections along', async () => {
  const server = await testApp({ user: 'root', superuser: true })
  const store = createVectorStore(':memory:')
  const storage = withOwnedVectors(server.storage, store)
  const bob = await server.person('bob')
  await store.create(bob.user.id, 'knowledge', 'notes', '{}')
  await store.create(server.user.id, 'knowledge', 'notes', '{}')
  await storage.users.remove(bob.user.id)
  expect(await store.list(bob.user.id, 'knowledge')).toEqual([])
  expect(await store.list(server.user.id, 'knowledge')).toHaveLength(1)
  await store.close()
  await server.close()
})
