import { newId } from '@runnel/protocol/id'
import { describe, expect, test } from 'vitest'
import type { Storage } from './open-storage.ts'
import type { McpGrantRecord } from './records.ts'
import { aBatch, aFlow, aProject, aRun, aUser, aVariable } from './test-records.ts'

/** Users and the small things that are theirs. */
export function ownedContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id
  const aKey = (userId: string) => ({
    id: newId(),
    userId,
    name: 'key',
    hash: newId(),
    prefix: 'sk-12345',
    isActive: true,
    totalUses: 0,
    createdAt: 1,
    lastUsedAt: null,
    expiresAt: null,
  })

  describe('projects', () => {
    test('are found by id and name, renamed and listed', async () => {
      const { projects } = open()
      const userId = await owner()
      const project = await projects.add(aProject(userId, { name: 'Mine' }))
      expect(await projects.find(userId, project.id)).toEqual(project)
      expect(await projects.findByName(userId, 'Mine')).toEqual(project)
      expect(await projects.uniqueName(userId, 'Mine')).toBe('Mine (1)')
      await expect(projects.add(aProject(userId, { name: 'Mine' }))).rejects.toMatchObject({ code: 'name_not_unique' })
      expect(await projects.update(userId, project.id, { name: 'Ours' })).toMatchObject({ name: 'Ours' })
      expect(await projects.list(userId)).toMatchObject([{ id: project.id, name: 'Ours' }])
    })

    test('are removed with their flows', async () => {
      const { projects, flows } = open()
      const userId = await owner()
      const [project, other] = [await projects.add(aProject(userId)), await projects.add(aProject(userId))]
      const inside = await flows.add(aFlow(userId, { projectId: project.id }))
      const moved = await flows.add(aFlow(userId, { projectId: project.id }))
      expect(await projects.moveFlows(userId, [moved.id], other.id)).toBe(1)
      expect(await projects.remove(userId, project.id)).toBe(true)
      expect(await flows.find(userId, inside.id)).toBeUndefined()
      expect(await flows.find(userId, moved.id)).toMatchObject({ projectId: other.id, version: 2 })
    })

    test('of another user are not found, changed, filled or removed', async () => {
      const { projects, flows } = open()
      const [ada, bob] = [await owner(), await owner()]
      const project = await projects.add(aProject(ada))
      const flow = await flows.add(aFlow(bob))
      expect(await projects.find(bob, project.id)).toBeUndefined()
      expect(await projects.findByName(bob, project.name)).toBeUndefined()
      expect(await projects.update(bob, project.id, { name: 'stolen' })).toBeUndefined()
      expect(await projects.remove(bob, project.id)).toBe(false)
      expect(await projects.moveFlows(bob, [flow.id], project.id)).toBe(0)
      expect(await projects.list(bob)).toEqual([])
    })
  })

  describe('users', () => {
    test('are found by id and name, changed, counted and paged', async () => {
      const { users } = open()
      const before = await users.count()
      const superusers = await users.countSuperusers()
      const user = await users.add(aUser({ optins: { github: true }, isSuperuser: true }))
      expect(await users.find(user.id)).toEqual(user)
      expect(await users.findByName(user.username)).toEqual(user)
      await expect(users.add(aUser({ username: user.username }))).rejects.toMatchObject({ code: 'name_not_unique' })
      expect(await users.update(user.id, { isActive: false })).toMatchObject({ isActive: false, isSuperuser: true })
      expect(await users.count()).toBe(before + 1)
      expect(await users.countSuperusers()).toBe(superusers + 1)
      expect(await users.list({ skip: before, limit: 5 })).toHaveLength(1)
    })

    test('take all that is theirs along', async () => {
      const { users, flows, projects, variables, apiKeys, runs, messages } = open()
      const userId = await owner()
      await projects.add(aProject(userId))
      const flow = await flows.add(aFlow(userId))
      await variables.add(aVariable(userId))
      const key = await apiKeys.add(aKey(userId))
      await runs.record(aBatch(aRun(userId, flow.id)))
      expect(await users.remove(userId)).toBe(true)
      expect(await flows.list(userId)).toEqual([])
      expect(await projects.list(userId)).toEqual([])
      expect(await variables.list(userId)).toEqual([])
      expect(await apiKeys.findByHash(key.hash)).toBeUndefined()
      expect(await messages.find({ userId })).toEqual([])
      expect(await users.remove(userId)).toBe(false)
    })
  })

  describe('API keys', () => {
    test('come with their user, by hash', async () => {
      const { apiKeys, users } = open()
      const user = await users.add(aUser())
      const key = await apiKeys.add(aKey(user.id))
      expect(await apiKeys.findByHash(key.hash)).toEqual({ key, user })
      expect(await apiKeys.findByHash('other')).toBeUndefined()
    })

    test('count their uses with the next batch', async () => {
      const { apiKeys, runs } = open()
      const userId = await owner()
      const key = await apiKeys.add(aKey(userId))
      apiKeys.countUse(key.id, 10)
      apiKeys.countUse(key.id, 12)
      apiKeys.countUse(key.id, 11)
      await runs.record({ messages: [], steps: [] })
      expect(await apiKeys.list(userId)).toEqual([{ ...key, totalUses: 3, lastUsedAt: 12 }])
    })

    test('of another user are not listed or removed', async () => {
      const { apiKeys } = open()
      const [ada, bob] = [await owner(), await owner()]
      const key = await apiKeys.add(aKey(ada))
      expect(await apiKeys.list(bob)).toEqual([])
      expect(await apiKeys.remove(bob, key.id)).toBe(false)
      expect(await apiKeys.remove(ada, key.id)).toBe(true)
    })
  })

  describe('variables', () => {
    test('are found by name and id, changed and removed', async () => {
      const { variables } = open()
      const userId = await owner()
      const variable = await variables.add(aVariable(userId, { name: 'KEY', defaultFields: ['api_key'] }))
      expect(await variables.find(userId, 'KEY')).toEqual(variable)
      expect(await variables.get(userId, variable.id)).toEqual(variable)
      await expect(variables.add(aVariable(userId, { name: 'KEY' }))).rejects.toMatchObject({ code: 'name_not_unique' })
      expect(await variables.update(userId, variable.id, { value: 'new' })).toMatchObject({ value: 'new', name: 'KEY' })
      expect(await variables.remove(userId, variable.id)).toBe(true)
      expect(await variables.list(userId)).toEqual([])
    })

    test('of another user are not found, changed or removed', async () => {
      const { variables } = open()
      const [ada, bob] = [await owner(), await owner()]
      const variable = await variables.add(aVariable(ada))
      expect(await variables.find(bob, variable.name)).toBeUndefined()
      expect(await variables.get(bob, variable.id)).toBeUndefined()
      expect(await variables.update(bob, variable.id, { value: 'stolen' })).toBeUndefined()
      expect(await variables.remove(bob, variable.id)).toBe(false)
    })
  })

  describe('refresh tokens', () => {
    test('are used once, however many try', async () => {
      const { refreshTokens } = open()
      const token = { id: newId(), familyId: newId(), userId: await owner(), expiresAt: 100, usedAt: null }
      await refreshTokens.add(token)
      expect(await refreshTokens.find(token.id)).toEqual(token)
      const tries = await Promise.all([1, 2, 3].map((at) => refreshTokens.use(token.id, at)))
      expect(tries.filter(Boolean)).toHaveLength(1)
      await refreshTokens.removeFamily(token.familyId)
      expect(await refreshTokens.find(token.id)).toBeUndefined()
    })

    test('go when they expire, or their user logs out everywhere', async () => {
      const { refreshTokens } = open()
      const userId = await owner()
      const [old, good] = [newId(), newId()]
      await refreshTokens.add({ id: old, familyId: old, userId, expiresAt: 100, usedAt: null })
      await refreshTokens.add({ id: good, familyId: good, userId, expiresAt: 300, usedAt: null })
      await refreshTokens.removeExpired(200)
      expect(await refreshTokens.find(old)).toBeUndefined()
      expect(await refreshTokens.find(good)).toBeDefined()
      await refreshTokens.removeOfUser(userId)
      expect(await refreshTokens.find(good)).toBeUndefined()
    })
  })

  describe('grants of MCP clients', () => {
    const aGrant = async (): Promise<McpGrantRecord> => {
      const { id: projectId } = await open().projects.add(aProject(await owner()))
      return { id: newId(), projectId, client: 'a client', refreshId: 'first', createdAt: 1, expiresAt: 100 }
    }

    test('are made once, renewed once, and found in their project alone', async () => {
      const { mcpGrants } = open()
      const grant = await aGrant()
      expect(await mcpGrants.add(grant)).toBe(true)
      expect(await mcpGrants.add({ ...grant, client: 'another' })).toBe(false)
      expect(await mcpGrants.find(grant.projectId, grant.id)).toEqual(grant)
      expect(await mcpGrants.find(newId(), grant.id)).toBeUndefined()
      const next = { refreshId: 'second', expiresAt: 200 }
      const tries = await Promise.all([1, 2, 3].map(() => mcpGrants.renew(grant.id, 'first', next)))
      expect(tries.filter(Boolean)).toHaveLength(1)
      expect(await mcpGrants.find(grant.projectId, grant.id)).toEqual({ ...grant, ...next })
      await mcpGrants.removeExpired(200)
      expect(await mcpGrants.find(grant.projectId, grant.id)).toBeDefined()
      await mcpGrants.removeExpired(201)
      expect(await mcpGrants.find(grant.projectId, grant.id)).toBeUndefined()
    })

    test('end with their project, alone, or all at once', async () => {
      const { mcpGrants, projects } = open()
      const [one, two, three] = [await aGrant(), await aGrant(), await aGrant()]
      for (const grant of [one, two, three]) await mcpGrants.add(grant)
      await mcpGrants.remove(one.id)
      await mcpGrants.removeOfProject(two.projectId)
      const project = await projects.findAny(three.projectId)
      await projects.remove(project?.userId ?? '', three.projectId)
      for (const { projectId, id } of [one, two, three]) expect(await mcpGrants.find(projectId, id)).toBeUndefined()
    })
  })

  describe('settings', () => {
    test('hold the last value set, or the first one set once', async () => {
      const { settings } = open()
      expect(await settings.get('a')).toBeUndefined()
      await settings.set('a', '1')
      await settings.set('a', '2')
      expect(await settings.get('a')).toBe('2')
      expect(await settings.setOnce('a', '3')).toBe('2')
      await settings.remove('a')
      expect(await settings.setOnce('a', '3')).toBe('3')
    })
  })
}
