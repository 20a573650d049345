import { newId } from '@runnel/protocol/id'
import { describe, expect, test } from 'vitest'
import type { Storage } from './open-storage.ts'
import { aBatch, aFlow, aProject, aRun, aUser } from './test-records.ts'

export function flowContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id

  describe('flows', () => {
    test('come back as they were added, by id and by endpoint name', async () => {
      const { flows } = open()
      const userId = await owner()
      const flow = aFlow(userId, {
        endpointName: 'chat',
        tags: ['a', 'b'],
        webhook: true,
        data: '{"nodes":[],"edges":[]}',
        description: 'Grüße 🦊',
        updatedAt: 1_700_000_000_123,
      })
      await flows.add(flow)
      expect(await flows.find(userId, flow.id)).toEqual(flow)
      expect(await flows.find(userId, 'chat')).toEqual(flow)
      expect(await flows.version(userId, 'chat')).toEqual({ id: flow.id, userId, version: 1, accessType: 'PRIVATE' })
      expect(await flows.version(userId, flow.id)).toMatchObject({ version: 1 })
    })

    test('of another user are not found, changed or removed', async () => {
      const { flows } = open()
      const [ada, bob] = [await owner(), await owner()]
      const flow = await flows.add(aFlow(ada, { endpointName: `mine-${ada}` }))
      expect(await flows.find(bob, flow.id)).toBeUndefined()
      expect(await flows.find(bob, `mine-${ada}`)).toBeUndefined()
      expect(await flows.version(bob, flow.id)).toBeUndefined()
      expect(await flows.update(bob, flow.id, { name: 'stolen' })).toBeUndefined()
      expect(await flows.remove(bob, [flow.id])).toBe(0)
      expect(await flows.list(bob)).toEqual([])
      expect(await flows.find(ada, flow.id)).toEqual(flow)
    })

    test('are found for anyone by id, and by endpoint name when public', async () => {
      const { flows } = open()
      const userId = await owner()
      const secret = await flows.add(aFlow(userId, { endpointName: `secret-${userId}` }))
      const shared = await flows.add(aFlow(userId, { endpointName: `open-${userId}`, accessType: 'PUBLIC' }))
      expect(await flows.findAny(secret.id)).toEqual(secret)
      expect(await flows.findAny(`secret-${userId}`)).toBeUndefined()
      expect(await flows.findAny(`open-${userId}`)).toEqual(shared)
      expect(await flows.publicAmong([secret.id, shared.id, newId()])).toEqual(new Set([shared.id]))
      expect(await flows.publicAmong([])).toEqual(new Set())
    })

    test('change field by field, and each change makes a new version', async () => {
      const { flows } = open()
      const userId = await owner()
      const flow = await flows.add(aFlow(userId, { endpointName: 'old' }))
      const changed = await flows.update(userId, flow.id, { name: 'New', endpointName: null }, { updatedAt: 5 })
      expect(changed).toEqual({ ...flow, name: 'New', endpointName: null, version: 2, updatedAt: 5 })
      expect(await flows.update(userId, flow.id, { name: 'Late' }, { ifVersion: 1 })).toBeUndefined()
      expect(await flows.update(userId, flow.id, { name: 'In time' }, { ifVersion: 2 })).toMatchObject({ version: 3 })
    })

    test('have names and endpoint names of their own, user by user', async () => {
      const { flows } = open()
      const [ada, bob] = [await owner(), await owner()]
      const first = await flows.add(aFlow(ada, { name: 'Same', endpointName: 'same' }))
      await expect(flows.add(aFlow(ada, { name: 'Same' }))).rejects.toMatchObject({ code: 'name_not_unique' })
      await expect(flows.add(aFlow(ada, { endpointName: 'same' }))).rejects.toMatchObject({
        code: 'endpoint_name_not_unique',
      })
      const second = await flows.add(aFlow(ada))
      await expect(flows.update(ada, second.id, { name: first.name })).rejects.toMatchObject({
        code: 'name_not_unique',
      })
      await expect(flows.add(aFlow(bob, { name: 'Same', endpointName: 'same' }))).resolves.toBeDefined()
    })

    test('are added all or none', async () => {
      const { flows } = open()
      const userId = await owner()
      const twice = [aFlow(userId, { name: 'A' }), aFlow(userId, { name: 'B' }), aFlow(userId, { name: 'A' })]
      await expect(flows.addMany(twice)).rejects.toMatchObject({ code: 'name_not_unique' })
      expect(await flows.count(userId)).toBe(0)
      await flows.addMany(twice.slice(0, 2))
      expect((await flows.list(userId)).map((flow) => flow.name)).toEqual(['A', 'B'])
    })

    test('are named after the highest number taken', async () => {
      const { flows } = open()
      const userId = await owner()
      expect(await flows.uniqueName(userId, 'New Flow')).toBe('New Flow')
      await flows.addMany(
        ['New Flow', 'New Flow (7)', 'New Flow (x)', 'New_Flow (9)'].map((name) => aFlow(userId, { name })),
      )
      expect(await flows.uniqueName(userId, 'New Flow')).toBe('New Flow (8)')
      expect(await flows.uniqueName(userId, 'New Flow', ['New Flow (8)'])).toBe('New Flow (9)')
      expect(await flows.uniqueName(userId, '100%')).toBe('100%')
      await flows.addMany(['a', 'a-2'].map((endpointName) => aFlow(userId, { endpointName })))
      expect(await flows.uniqueEndpointName(userId, 'a')).toBe('a-3')
    })

    test('are listed by project, kind and part of the name, page by page', async () => {
      const { flows, projects } = open()
      const userId = await owner()
      const { id: projectId } = await projects.add(aProject(userId))
      await flows.addMany([
        aFlow(userId, { name: 'One', projectId, createdAt: 1, updatedAt: 9, data: '{}' }),
        aFlow(userId, { name: 'Two', projectId, createdAt: 2, isComponent: true }),
        aFlow(userId, { name: 'Three_%', createdAt: 3 }),
      ])
      const names = async (query: Parameters<typeof flows.list>[1]) =>
        (await flows.headers(userId, query)).map((flow) => flow.name)
      expect(await names({})).toEqual(['One', 'Two', 'Three_%'])
      expect(await names({ projectId })).toEqual(['One', 'Two'])
      expect(await names({ isComponent: true })).toEqual(['Two'])
      expect(await names({ search: 'E_%' })).toEqual(['Three_%'])
      expect(await names({ size: 2, page: 2 })).toEqual(['Three_%'])
      expect(await names({ order: 'recently-changed', size: 1 })).toEqual(['One'])
      expect(await flows.count(userId, { projectId })).toBe(2)
      expect((await flows.headers(userId))[0]).not.toHaveProperty('data')
    })

    test('take their messages, runs and steps along when they are removed', async () => {
      const { flows, messages, runs } = open()
      const userId = await owner()
      const flow = await flows.add(aFlow(userId))
      const run = aRun(userId, flow.id)
      await runs.record(aBatch(run))
      expect(await flows.remove(userId, [flow.id, newId()])).toBe(1)
      expect(await messages.find({ userId, flowId: flow.id })).toEqual([])
      expect(await runs.get(userId, run.id)).toBeUndefined()
      expect(await flows.remove(userId, [])).toBe(0)
    })

    test('refuse a project that is not there', async () => {
      const userId = await owner()
      await expect(open().flows.add(aFlow(userId, { projectId: newId() }))).rejects.toMatchObject({
        code: 'bad_request',
      })
    })
  })
}
