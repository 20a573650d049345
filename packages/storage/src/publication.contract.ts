import { newId } from '@runnel/protocol/id'
import { describe, expect, test } from 'vitest'
import type { Storage } from './open-storage.ts'
import { aFlow, aPublishedVersion, aUsage, aUser } from './test-records.ts'

export function publicationContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id

  describe('published flows', () => {
    test('get a version with each publication, and the newest is the one that is called', async () => {
      const { flows, publications } = open()
      const userId = await owner()
      const flow = await flows.add(aFlow(userId, { endpointName: 'shop' }))
      expect((await publications.callable(userId, flow.id))?.publication).toBeUndefined()
      const first = await publications.publish(userId, aPublishedVersion(flow, { note: 'first', data: '{"a":1}' }))
      const second = await publications.publish(userId, aPublishedVersion(flow, { restoredFrom: 1, createdAt: 2 }))
      expect([first.number, second.number]).toEqual([1, 2])
      expect(await publications.version(flow.id, 1)).toEqual(first)
      expect(await publications.version(flow.id, 3)).toBeUndefined()
      const headers = await publications.versions(flow.id)
      expect(headers.map(({ number, note }) => [number, note])).toEqual([
        [2, null],
        [1, 'first'],
      ])
      const called = {
        id: flow.id,
        ownerId: userId,
        projectId: null,
        accessType: 'PRIVATE',
        publication: { version: 2, isLive: true, cacheSeconds: 0, rateLimit: null },
      }
      expect(await publications.callable(userId, flow.id)).toEqual(called)
      expect(await publications.callable(userId, 'shop')).toEqual(called)
      expect(await publications.callable(await owner(), 'shop')).toBeUndefined()
    })

    test('published at the same moment get numbers of their own, or are told to try again', async () => {
      const { flows, publications } = open()
      const userId = await owner()
      const flow = await flows.add(aFlow(userId))
      const all = await Promise.allSettled(
        Array.from({ length: 5 }, () => publications.publish(userId, aPublishedVersion(flow))),
      )
      const numbers = all.flatMap((one) => (one.status === 'fulfilled' ? [one.value.number] : []))
      const codes = all.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []))
      expect(new Set(numbers).size).toBe(numbers.length)
      expect(codes.every((code) => code === 'name_not_unique')).toBe(true)
      expect(await publications.versions(flow.id)).toHaveLength(numbers.length)
    })

    test('are switched off and on, and keep their versions and settings', async () => {
      const { flows, publications } = open()
      const [userId, other] = [await owner(), await owner()]
      const flow = await flows.add(aFlow(userId))
      await publications.publish(userId, aPublishedVersion(flow))
      expect(await publications.update(other, flow.id, { isLive: false })).toBeUndefined()
      await publications.update(userId, flow.id, { isLive: false, cacheSeconds: 300, rateLimit: 5 })
      expect(await publications.find(userId, flow.id)).toMatchObject({ isLive: false, cacheSeconds: 300, rateLimit: 5 })
      await publications.update(userId, flow.id, { rateLimit: null })
      await publications.publish(userId, aPublishedVersion(flow))
      expect(await publications.find(userId, flow.id)).toEqual({
        flowId: flow.id,
        userId,
        version: 2,
        isLive: true,
        cacheSeconds: 300,
        rateLimit: null,
        publishedAt: 1,
      })
    })

    test('are listed by their owner, the last published first, by name and by page', async () => {
      const { flows, publications } = open()
      const userId = await owner()
      const [one, two] = [
        await flows.add(aFlow(userId, { name: '100% wool' })),
        await flows.add(aFlow(userId, { name: 'Cotton' })),
      ]
      await publications.publish(userId, aPublishedVersion(one, { createdAt: 5 }))
      await publications.publish(userId, aPublishedVersion(two, { createdAt: 6 }))
      const page = { page: 1, size: 10 }
      const idsOf = async (query: object) => {
        const { items, total } = await publications.list(userId, { ...page, ...query })
        return [items.map(({ flowId }) => flowId), total]
      }
      expect(await idsOf({})).toEqual([[two.id, one.id], 2])
      expect(await idsOf({ size: 1, page: 2 })).toEqual([[one.id], 2])
      expect(await idsOf({ search: '100%' })).toEqual([[one.id], 1])
      expect(await idsOf({ flowIds: [two.id] })).toEqual([[two.id], 1])
      expect(await idsOf({ flowIds: [] })).toEqual([[], 0])
      expect((await publications.list(await owner(), page)).total).toBe(0)
    })

    test('lose old versions but never the newest, and go with their flow', async () => {
      const { flows, publications } = open()
      const [userId, other] = [await owner(), await owner()]
      const flow = await flows.add(aFlow(userId))
      for (let round = 0; round < 2; round++) await publications.publish(userId, aPublishedVersion(flow))
      expect(await publications.removeVersion(other, flow.id, 1)).toBe(false)
      expect(await publications.removeVersion(userId, flow.id, 2)).toBe(false)
      expect(await publications.removeVersion(userId, flow.id, 1)).toBe(true)
      await flows.remove(userId, [flow.id])
      expect(await publications.versions(flow.id)).toEqual([])
      expect(await publications.callable(userId, flow.id)).toBeUndefined()
    })
  })

  describe('what keys may do', () => {
    test('is kept with the key, and changes', async () => {
      const { apiKeys } = open()
      const userId = await owner()
      const limits = {
        access: 'run',
        flowIds: ['a'],
        projectIds: null,
        addresses: ['10.0.0.0/8'],
        rateLimit: 5,
      } as const
      const given = {
        id: newId(),
        userId,
        name: 'shop',
        hash: newId(),
        prefix: 'sk-abcde',
        isActive: true,
        totalUses: 0,
        createdAt: 1,
        lastUsedAt: null,
        expiresAt: 9,
      }
      const key = await apiKeys.add({ ...given, limits, lastFour: 'wxyz' })
      expect(await apiKeys.find(userId, key.id)).toEqual({ ...given, limits, lastFour: 'wxyz' })
      expect(await apiKeys.find(await owner(), key.id)).toBeUndefined()
      expect(await apiKeys.update(await owner(), key.id, { name: 'mine' })).toBeUndefined()
      const changed = await apiKeys.update(userId, key.id, { hash: 'rotated', limits: null, expiresAt: null })
      expect(changed).toEqual({ ...given, hash: 'rotated', limits: null, expiresAt: null, lastFour: 'wxyz' })
      expect((await apiKeys.findByHash('rotated'))?.key).toEqual(changed)
    })
  })

  describe('usage', () => {
    test('adds up by day, flow, key and duration', async () => {
      const { usage } = open()
      const userId = await owner()
      await usage.add([aUsage(userId, { inputTokens: 2, unpricedTokens: 2 }), aUsage(userId, { bucket: 4, errors: 1 })])
      await usage.add([aUsage(userId, { cost: 5, calls: 0 }), aUsage(userId, { cost: 6, calls: 0, unpricedTokens: 1 })])
      await usage.add([aUsage(userId, { calls: 3, cached: 1, limited: 2, outputTokens: 7, lastAt: 9 })])
      await usage.add([aUsage(userId, { day: '2026-02-01', keyId: 'other', flowId: 'flow 2' })])
      expect(await usage.list({ userId, to: '2026-01-31' })).toEqual([
        aUsage(userId, {
          calls: 4,
          cached: 1,
          limited: 2,
          inputTokens: 2,
          outputTokens: 7,
          cost: 11,
          unpricedTokens: 3,
          lastAt: 9,
        }),
        aUsage(userId, { bucket: 4, errors: 1 }),
      ])
      expect(await usage.list({ userId, keyId: 'other' })).toHaveLength(1)
      expect(await usage.list({ userId, flowIds: ['flow 2'] })).toHaveLength(1)
      expect(await usage.list({ userId, flowIds: [] })).toEqual([])
      expect(await usage.list({ userId: await owner() })).toEqual([])
      expect(await usage.totals(userId, ['flow', 'none'])).toEqual(new Map([['flow', { calls: 5, lastAt: 9 }]]))
      await open().prune({ keepSteps: 1_000_000, usageBefore: '2026-02-01' })
      expect(await usage.list({ userId })).toHaveLength(1)
    })
  })

  describe('audit records', () => {
    test('are read newest first, by who, what and when', async () => {
      const { audit } = open()
      const actorId = newId()
      const record = (action: string, at: number, part: object = {}) => ({
        id: newId(),
        at,
        actorId,
        actor: 'ada',
        address: '127.0.0.1',
        action,
        objectId: null,
        result: 200,
        ...part,
      })
      const records = [
        record('api_key.create', 10),
        record('api_key_other', 20),
        record('login', 30, { result: 401, objectId: 'x' }),
      ]
      for (const one of records) await audit.add(one)
      const actionsOf = async (query: object) => (await audit.list({ actorId, ...query })).map(({ action }) => action)
      expect(await audit.list({ actorId })).toEqual(records.toReversed())
      expect(await actionsOf({ action: 'api_key' })).toEqual(['api_key.create'])
      expect(await actionsOf({ from: 20, to: 30 })).toEqual(['api_key_other'])
      expect(await actionsOf({ before: records[2]?.id, limit: 1 })).toEqual(['api_key_other'])
      await open().prune({ keepSteps: 1_000_000, auditBefore: 30 })
      expect(await actionsOf({})).toEqual(['login'])
    })
  })

  describe('requests with an idempotency key', () => {
    test('are claimed once, and what they were answered is kept until they are forgotten', async () => {
      const { idempotency } = open()
      const request = { id: newId(), requestHash: 'hash', runId: newId(), createdAt: 5 }
      const claims = await Promise.all([idempotency.claim(request), idempotency.claim({ ...request, runId: newId() })])
      expect(claims.toSorted()).toEqual([false, true])
      const answer = { id: request.id, status: 200, contentType: 'application/json', body: '{}', createdAt: 5 }
      expect(await idempotency.answer(request.id)).toBeUndefined()
      await idempotency.saveAnswer(answer)
      await idempotency.saveAnswer({ ...answer, body: 'later' })
      expect(await idempotency.answer(request.id)).toEqual(answer)
      await idempotency.forget(6)
      expect(await idempotency.answer(request.id)).toBeUndefined()
      expect(await idempotency.claim(request)).toBe(true)
      await idempotency.release(request.id)
      expect(await idempotency.claim(request)).toBe(true)
    })
  })
}
