import { newId } from '@runnel/protocol/id'
import { describe, expect, test } from 'vitest'
import type { Storage } from './open-storage.ts'
import type { AlertEventRecord, AlertRecord } from './records.ts'
import { aFlow, anAlert, aProject, aRun, aUser } from './test-records.ts'

/** Alerts, what they look at, and who looks. */
export function alertContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id
  const anEvent = (alert: AlertRecord, part: Partial<AlertEventRecord> = {}): AlertEventRecord => ({
    id: newId(),
    alertId: alert.id,
    userId: alert.userId,
    at: 10,
    kind: 'fired',
    value: 12.5,
    deliveries: [{ channel: 'webhook', state: 'waiting', attempts: 0, error: null }],
    dueAt: 10,
    ...part,
  })

  describe('alerts', () => {
    test('are found, listed, replaced and removed by their owner alone', async () => {
      const { alerts } = open()
      const [ada, bob] = [await owner(), await owner()]
      const alert = await alerts.add(anAlert(ada, { threshold: 0.25, emails: ['ada@example.com'], value: 1.5 }))
      expect(await alerts.find(ada, alert.id)).toEqual(alert)
      expect(await alerts.find(bob, alert.id)).toBeUndefined()
      expect(await alerts.replace({ ...alert, userId: bob, name: 'stolen' })).toBe(false)
      expect(await alerts.replace({ ...alert, name: 'Renamed', value: null })).toBe(true)
      expect(await alerts.list(ada)).toEqual([{ ...alert, name: 'Renamed', value: null }])
      expect(await alerts.list(bob)).toEqual([])
      expect(await alerts.remove(bob, alert.id)).toBe(false)
      expect(await alerts.remove(ada, alert.id)).toBe(true)
      expect(await alerts.list(ada)).toEqual([])
    })

    test('of a flow or project go with it', async () => {
      const { alerts, flows, projects } = open()
      const userId = await owner()
      const project = await projects.add(aProject(userId))
      const flow = await flows.add(aFlow(userId))
      await alerts.add(anAlert(userId, { flowId: flow.id }))
      await alerts.add(anAlert(userId, { projectId: project.id }))
      await flows.remove(userId, [flow.id])
      await projects.remove(userId, project.id)
      expect(await alerts.list(userId)).toEqual([])
    })

    test('change their state once, whoever finds it first', async () => {
      const { alerts } = open()
      const userId = await owner()
      const alert = await alerts.add(anAlert(userId))
      const firing = { state: 'firing', since: 10, value: 12.5, checkedAt: 10 } as const
      const event = anEvent(alert)
      expect(await alerts.settle(alert, firing, event)).toBe(true)
      expect(await alerts.settle(alert, firing, anEvent(alert))).toBe(false)
      expect(await alerts.find(userId, alert.id)).toEqual({ ...alert, ...firing })
      expect(await alerts.events(userId, 10)).toEqual([event])
    })

    test('that were changed or switched off meanwhile are left as they are', async () => {
      const { alerts } = open()
      const userId = await owner()
      const alert = await alerts.add(anAlert(userId))
      const off = { ...alert, isOn: false }
      await alerts.replace(off)
      const firing = { state: 'firing', since: 10, value: 12.5, checkedAt: 10 } as const
      expect(await alerts.settle(alert, firing, anEvent(alert))).toBe(false)
      await alerts.replace({ ...alert, updatedAt: 2 })
      expect(await alerts.settle(alert, firing, anEvent(alert))).toBe(false)
      expect(await alerts.events(userId, 10)).toEqual([])
      expect((await alerts.listOn()).filter((one) => one.userId === userId)).toEqual([{ ...alert, updatedAt: 2 }])
    })

    test('have events that are due until they were told, and are forgotten later', async () => {
      const { alerts } = open()
      const userId = await owner()
      const alert = await alerts.add(anAlert(userId))
      const event = anEvent(alert, { at: 5, dueAt: 20 })
      await alerts.settle(alert, { state: 'firing', since: 5, value: 1, checkedAt: 5 }, event)
      const due = async (now: number) => (await alerts.due(now, 100)).filter((one) => one.alert.id === alert.id)
      expect(await due(19)).toEqual([])
      expect((await due(20)).map((one) => one.event)).toEqual([event])
      await alerts.forgetEvents(100)
      const told = [{ channel: 'webhook', state: 'delivered', attempts: 1, error: null }] as const
      await alerts.told(event.id, told, null)
      expect(await due(1000)).toEqual([])
      expect(await alerts.events(userId, 10)).toEqual([{ ...event, deliveries: told, dueAt: null }])
      await alerts.forgetEvents(100)
      expect(await alerts.events(userId, 10)).toEqual([])
    })
  })

  describe('figures of runs', () => {
    test('count what began and ended in the time, for a flow, a project and a user', async () => {
      const { runs, flows, projects, runFigures } = open()
      const userId = await owner()
      const project = await projects.add(aProject(userId))
      const inside = await flows.add(aFlow(userId, { projectId: project.id }))
      const outside = await flows.add(aFlow(userId))
      const now = Date.now()
      const run = (flowId: string, part: Parameters<typeof aRun>[2]) =>
        runs.record({ run: aRun(userId, flowId, part), messages: [], steps: [] })
      for (let ms = 1; ms <= 20; ms++) await run(inside.id, { startedAt: now, endedAt: now + ms * 100, cost: 1000 })
      await run(outside.id, { status: 'failed', startedAt: now - 5000, endedAt: now + 1, cost: 500 })
      await run(outside.id, { status: 'cancelled', startedAt: now, endedAt: now + 1 })
      await run(outside.id, { status: 'running', startedAt: now, endedAt: null })
      await run(outside.id, { startedAt: now - 9000, endedAt: now - 8000, cost: 7 })
      const ofProject = { begun: 20, ended: 20, failed: 0, cost: 20_000, p95Ms: 1900 }
      expect(await runFigures({ userId, flowId: inside.id, since: now })).toEqual(ofProject)
      expect(await runFigures({ userId, projectId: project.id, since: now })).toEqual(ofProject)
      expect(await runFigures({ userId, flowId: outside.id, since: now })).toEqual({
        begun: 2,
        ended: 1,
        failed: 1,
        cost: 500,
        p95Ms: null,
      })
      expect(await runFigures({ userId, since: now })).toMatchObject({ begun: 22, ended: 21, failed: 1, cost: 20_500 })
      expect(await runFigures({ userId: await owner(), flowId: inside.id, since: now })).toMatchObject({ begun: 0 })
    })
  })

  describe('leases', () => {
    test('belong to one holder until they are released or run out', async () => {
      const { leases } = open()
      const name = newId()
      const take = (holder: string, now: number) => leases.take({ name, holder, now, forMs: 100 })
      expect(await take('a', 0)).toBe(true)
      expect(await take('b', 0)).toBe(false)
      expect(await take('a', 50)).toBe(true)
      expect(await take('b', 149)).toBe(false)
      expect(await take('b', 150)).toBe(true)
      await leases.release({ name, holder: 'a' })
      expect(await take('a', 160)).toBe(false)
      await leases.release({ name, holder: 'b' })
      expect(await take('a', 161)).toBe(true)
    })

    test('go to exactly one of those who ask at once, whoever of them is first', async () => {
      const { leases } = open()
      const name = newId()
      const holders = Array.from({ length: 8 }, (_, at) => `holder ${at}`)
      const taken = await Promise.all(holders.map((holder) => leases.take({ name, holder, now: 0, forMs: 100 })))
      expect(taken.filter(Boolean)).toHaveLength(1)
    })
  })
}
