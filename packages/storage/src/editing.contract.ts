import { newId } from '@runnel/protocol/id'
import { describe, expect, test } from 'vitest'
import type { Storage } from './open-storage.ts'
import { aFlow, aFlowVersion, anMcpServer, aUser } from './test-records.ts'

export function editingContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id

  describe('versions of flows', () => {
    test('are numbered, listed newest first without their graphs, and found again', async () => {
      const { flows, flowVersions } = open()
      const userId = await owner()
      const flow = await flows.add(aFlow(userId, { data: '{"nodes":[],"edges":[]}' }))
      const first = await flowVersions.add(aFlowVersion(flow, { description: 'first' }), { keep: 9 })
      const second = await flowVersions.add(aFlowVersion(flow), { keep: 9 })
      expect([first.number, second.number]).toEqual([1, 2])
      expect(await flowVersions.find(userId, flow.id, first.id)).toEqual(first)
      const { data: _, ...header } = second
      expect(await flowVersions.list(userId, flow.id, { limit: 1, offset: 0 })).toEqual([header])
      expect(await flowVersions.list(userId, flow.id, { limit: 5, offset: 1 })).toMatchObject([{ id: first.id }])
      expect(await flowVersions.remove(userId, flow.id, first.id)).toBe(true)
      expect(await flowVersions.remove(userId, flow.id, first.id)).toBe(false)
    })

    test('beyond the bound go, the oldest first', async () => {
      const { flows, flowVersions } = open()
      const userId = await owner()
      const flow = await flows.add(aFlow(userId))
      for (let round = 0; round < 4; round++) await flowVersions.add(aFlowVersion(flow), { keep: 2 })
      const kept = await flowVersions.list(userId, flow.id, { limit: 9, offset: 0 })
      expect(kept.map(({ number }) => number)).toEqual([4, 3])
    })

    test('of another user or flow are not found, and they go with their flow', async () => {
      const { flows, flowVersions } = open()
      const [ada, bob] = [await owner(), await owner()]
      const flow = await flows.add(aFlow(ada))
      const { id } = await flowVersions.add(aFlowVersion(flow), { keep: 9 })
      expect(await flowVersions.find(bob, flow.id, id)).toBeUndefined()
      expect(await flowVersions.find(ada, newId(), id)).toBeUndefined()
      expect(await flowVersions.list(bob, flow.id, { limit: 9, offset: 0 })).toEqual([])
      expect(await flowVersions.remove(bob, flow.id, id)).toBe(false)
      await flows.remove(ada, [flow.id])
      expect(await flowVersions.find(ada, flow.id, id)).toBeUndefined()
    })
  })

  describe('texts of graphs', () => {
    test('are listed by their ids, page by page, and replaced without a new version', async () => {
      const { flows, flowVersions, graphTexts } = open()
      const userId = await owner()
      const flow = await flows.add(aFlow(userId, { data: '{"nodes":[]}' }))
      const version = await flowVersions.add(aFlowVersion(flow, { data: '{"edges":[]}' }), { keep: 9 })
      const before = { after: '', limit: 10_000 }
      const texts = await graphTexts.list('flow', before)
      expect(texts.map(({ id }) => id)).toEqual(texts.map(({ id }) => id).toSorted())
      expect(texts.find(({ id }) => id === flow.id)).toEqual({ id: flow.id, flowId: flow.id, data: '{"nodes":[]}' })
      const found = (await graphTexts.list('flow_version', before)).find(({ id }) => id === version.id)
      expect(found).toEqual({ id: version.id, flowId: flow.id, data: '{"edges":[]}' })
      expect(await graphTexts.list('flow', { after: texts.at(-1)?.id ?? '', limit: 1 })).toEqual([])

      await graphTexts.replace('flow', { id: flow.id, data: '{"nodes":[]}' }, '{"nodes":[1]}')
      expect(await flows.find(userId, flow.id)).toEqual({ ...flow, data: '{"nodes":[1]}' })
      await graphTexts.replace('flow', { id: flow.id, data: '{"nodes":[]}' }, '{"nodes":[2]}')
      expect(await flows.find(userId, flow.id)).toMatchObject({ data: '{"nodes":[1]}' })
      await graphTexts.replace('flow_version', { id: version.id, data: '{"edges":[]}' }, '{"edges":[1]}')
      expect(await flowVersions.find(userId, flow.id, version.id)).toMatchObject({ data: '{"edges":[1]}' })
    })
  })

  describe('MCP servers', () => {
    test('are kept by name for each user', async () => {
      const { mcpServers } = open()
      const [ada, bob] = [await owner(), await owner()]
      const server = await mcpServers.add(anMcpServer(ada, { name: 'search' }))
      await expect(mcpServers.add(anMcpServer(ada, { name: 'search' }))).rejects.toMatchObject({
        code: 'name_not_unique',
      })
      await mcpServers.add(anMcpServer(bob, { name: 'search', config: 'of bob' }))
      expect(await mcpServers.find(ada, 'search')).toEqual(server)
      expect(await mcpServers.update(ada, 'search', { config: 'new', updatedAt: 7 })).toBe(true)
      expect(await mcpServers.list(ada)).toEqual([{ ...server, config: 'new', updatedAt: 7 }])
      expect(await mcpServers.remove(ada, 'search')).toBe(true)
      expect(await mcpServers.remove(ada, 'search')).toBe(false)
      expect(await mcpServers.update(ada, 'search', { config: 'x', updatedAt: 8 })).toBe(false)
      expect(await mcpServers.find(bob, 'search')).toMatchObject({ config: 'of bob' })
    })
  })
}
