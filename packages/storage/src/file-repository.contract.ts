import { newId } from '@runnel/protocol/id'
import { describe, expect, test } from 'vitest'
import type { Storage } from './open-storage.ts'
import type { FileRecord } from './records.ts'
import { aFlow, aUser } from './test-records.ts'

export function fileContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id
  const aFile = (userId: string, part: Partial<FileRecord> = {}): FileRecord => {
    const id = newId()
    return { id, userId, name: `file-${id}`, extension: '.txt', size: 3, createdAt: 1, updatedAt: 1, ...part }
  }

  describe('files', () => {
    test('are found by id and name, renamed, listed and removed', async () => {
      const { files } = open()
      const userId = await owner()
      const [first, second] = [await files.add(aFile(userId)), await files.add(aFile(userId, { createdAt: 2 }))]
      expect(await files.find(userId, first.id)).toEqual(first)
      expect(await files.findByName(userId, first.name)).toEqual(first)
      expect(await files.update(userId, first.id, { name: 'plan', updatedAt: 5 })).toEqual({
        ...first,
        name: 'plan',
        updatedAt: 5,
      })
      expect((await files.list(userId)).map(({ id }) => id)).toEqual([first.id, second.id])
      expect(await files.list(userId, [second.id, newId()])).toEqual([second])
      expect(await files.list(userId, [])).toEqual([])
      expect(await files.remove(userId, [first.id, newId()])).toEqual([first.id])
      expect(await files.find(userId, first.id)).toBeUndefined()
    })

    test('have a name of their own among the files of their user', async () => {
      const { files } = open()
      const [ada, bob] = [await owner(), await owner()]
      await files.add(aFile(ada, { name: 'report' }))
      await files.add(aFile(ada, { name: 'report (4)', extension: '.csv' }))
      await files.add(aFile(ada, { name: 'summary-final' }))
      await files.add(aFile(bob, { name: 'report' }))
      const other = await files.add(aFile(ada))
      await expect(files.add(aFile(ada, { name: 'report' }))).rejects.toMatchObject({ code: 'name_not_unique' })
      await expect(files.update(ada, other.id, { name: 'report', updatedAt: 2 })).rejects.toMatchObject({
        code: 'name_not_unique',
      })
      expect(await files.uniqueName(ada, 'report')).toBe('report (5)')
      expect(await files.uniqueName(ada, 'summary')).toBe('summary')
    })

    test('of another user are not found, changed or removed', async () => {
      const { files } = open()
      const [ada, bob] = [await owner(), await owner()]
      const file = await files.add(aFile(ada))
      expect(await files.find(bob, file.id)).toBeUndefined()
      expect(await files.findByName(bob, file.name)).toBeUndefined()
      expect(await files.list(bob, [file.id])).toEqual([])
      expect(await files.update(bob, file.id, { name: 'stolen', updatedAt: 2 })).toBeUndefined()
      expect(await files.remove(bob, [file.id])).toEqual([])
      expect(await files.find(ada, file.id)).toEqual(file)
    })

    test('go with their user', async () => {
      const { files, users } = open()
      const userId = await owner()
      await files.add(aFile(userId))
      await users.remove(userId)
      expect(await files.list(userId)).toEqual([])
    })

    test('lie in folders of users and flows, which are told from folders nobody owns', async () => {
      const { files, flows } = open()
      const userId = await owner()
      const flow = await flows.add(aFlow(userId))
      expect(await files.owners([userId, flow.id, newId()])).toEqual(new Set([userId, flow.id]))
    })
  })
}
