import { newId } from '@runnel/protocol/id'
import { emptyProperties, type MessageProperties } from '@runnel/protocol/message'
import { describe, expect, test } from 'vitest'
import type { Storage } from './open-storage.ts'
import type { StoredMessage } from './run-records.ts'
import { aBatch, aFlow, aMessage, aRun, aStep, aUser } from './test-records.ts'

/** Runs, their steps and their messages. */
export function runContract(open: () => Storage): void {
  const owner = async () => (await open().users.add(aUser())).id
  const ownFlow = async () => {
    const userId = await owner()
    const { id: flowId } = await open().flows.add(aFlow(userId))
    return { userId, flowId }
  }

  describe('messages', () => {
    test('come back as they were saved, and are replaced by id', async () => {
      const { messages } = open()
      const { userId, flowId } = await ownFlow()
      const message = aMessage(userId, {
        flow_id: flowId,
        text: '{"looks":"like JSON"} 🦊',
        files: ['a/b.png'],
        properties: { ...emptyProperties, state: 'partial' },
        content_blocks: [{ title: 'Steps', contents: [{ type: 'text' }], allow_markdown: true, media_url: null }],
      })
      await messages.save([message])
      expect(await messages.get(userId, message.id)).toEqual(message)
      await messages.save([
        { ...message, text: 'first' },
        { ...message, text: 'last' },
      ])
      expect(await messages.find({ userId })).toEqual([{ ...message, text: 'last' }])
    })

    test('are the newest of a session, in either order, page by page', async () => {
      const { messages } = open()
      const { userId, flowId } = await ownFlow()
      const said = [10, 20, 30, 30, 40].map((timestamp) => aMessage(userId, { flow_id: flowId, timestamp }))
      await messages.save(said)
      const session = { userId, flowId, sessionId: 'session' }
      const ids = said.map((message) => message.id)
      const found = async (query: object) =>
        (await messages.find({ ...session, ...query })).map((row) => ids.indexOf(row.id))
      expect(await found({})).toEqual([0, 1, 2, 3, 4])
      expect(await found({ limit: 2 })).toEqual([3, 4])
      expect(await found({ limit: 2, order: 'desc' })).toEqual([4, 3])
      expect(await found({ limit: 2, before: { timestamp: 30, id: ids[3] } })).toEqual([1, 2])
      expect(await found({ limit: 2, offset: 1 })).toEqual([2, 3])
      expect(await found({ limit: 2, offset: 4, order: 'desc' })).toEqual([0])
      expect(await found({ since: 20, until: 30 })).toEqual([1, 2, 3])
      expect(await messages.count({ ...session, since: 20, until: 30 })).toBe(3)
    })

    test('are found and counted by a part of their text, in any case', async () => {
      const { messages } = open()
      const userId = await owner()
      const texts = ['100% Sure', 'surely not', '天气', 'failed']
      await messages.save(texts.map((text, index) => aMessage(userId, { text, timestamp: index, error: index === 3 })))
      const found = async (search: string) => (await messages.find({ userId, search })).map(({ text }) => text)
      expect(await found('SURE')).toEqual(['100% Sure', 'surely not'])
      expect(await found('0% s')).toEqual(['100% Sure'])
      expect(await found('天')).toEqual(['天气'])
      expect(await messages.count({ userId, search: 'sure' })).toBe(2)
      expect(await messages.count({ userId })).toBe(3)
      expect(await messages.count({ userId, includeErrors: true })).toBe(4)
    })

    test('are found by the thumb they were given, not by one that is quoted in them', async () => {
      const { messages } = open()
      const userId = await owner()
      const rated = (text: string, properties: Partial<MessageProperties>) =>
        aMessage(userId, { text, timestamp: text.charCodeAt(0), properties: { ...emptyProperties, ...properties } })
      await messages.save([
        rated('good', { positive_feedback: true }),
        rated('bad', {
          positive_feedback: false,
          feedback: { reasons: [], text: '"positive_feedback":true' },
        }),
        rated('unrated', {}),
      ])
      const found = async (feedback: boolean) => (await messages.find({ userId, feedback })).map(({ text }) => text)
      expect([await found(true), await found(false)]).toEqual([['good'], ['bad']])
      expect(await messages.count({ userId, feedback: false })).toBe(1)
    })

    test('are found by sender, name and context; failures only when asked for', async () => {
      const { messages } = open()
      const userId = await owner()
      await messages.save([
        aMessage(userId, { sender: 'Machine', sender_name: 'AI', timestamp: 1, text: 'a' }),
        aMessage(userId, { context_id: 'c', timestamp: 2, text: 'b' }),
        aMessage(userId, { error: true, timestamp: 3, text: 'c' }),
      ])
      const texts = async (query: object) => (await messages.find({ userId, ...query })).map((row) => row.text)
      expect(await texts({ sender: 'Machine' })).toEqual(['a'])
      expect(await texts({ senderName: 'User' })).toEqual(['b'])
      expect(await texts({ contextId: 'c' })).toEqual(['b'])
      expect(await texts({ includeErrors: true })).toEqual(['a', 'b', 'c'])
      expect(await texts({ includeErrors: true, orderBy: 'text', order: 'desc', limit: 2 })).toEqual(['c', 'b'])
    })

    test('are ordered by what has no column of its own, either way', async () => {
      const { messages, flows } = open()
      const userId = await owner()
      const { id: flowId } = await flows.add(aFlow(userId, { name: 'B flow' }))
      const { id: other } = await flows.add(aFlow(userId, { name: 'a flow' }))
      const usage = (total_tokens: number) => ({ usage: { total_tokens } })
      const of = (text: string, part: Partial<StoredMessage>, properties: object = {}) =>
        aMessage(userId, { text, ...part, properties: { ...emptyProperties, ...properties } })
      await messages.save([
        of('none', {}),
        of('few', { flow_id: other, files: ['1'], edit: true }, { positive_feedback: false, ...usage(9) }),
        of('many', { flow_id: flowId, files: ['1', '2', '3'] }, { positive_feedback: true, ...usage(10) }),
      ])
      for (const orderBy of ['flow', 'files', 'feedback', 'tokens'] as const) {
        const texts = async (order: 'asc' | 'desc', window: object = {}) =>
          (await messages.find({ userId, orderBy, order, ...window })).map(({ text }) => text)
        expect([orderBy, await texts('asc')]).toEqual([orderBy, ['none', 'few', 'many']])
        expect([orderBy, await texts('desc', { limit: 2, offset: 1 })]).toEqual([orderBy, ['few', 'none']])
      }
      const [last] = (await messages.find({ userId, orderBy: 'edit', order: 'desc' })).map(({ text }) => text)
      expect(last).toBe('few')
    })

    test('of another user are not found, changed or removed', async () => {
      const { messages } = open()
      const [ada, bob] = [await owner(), await owner()]
      const message = aMessage(ada)
      await messages.save([message])
      const session = { userId: bob, sessionId: 'session' }
      expect(await messages.get(bob, message.id)).toBeUndefined()
      expect(await messages.find(session)).toEqual([])
      expect(await messages.update(bob, message.id, { text: 'stolen' })).toBeUndefined()
      expect(await messages.remove(bob, [message.id])).toBe(0)
      expect(await messages.removeSession(session)).toBe(0)
      expect(await messages.renameSession(session, 'mine')).toBe(0)
      expect(await messages.sessions({ userId: bob })).toEqual([])
      expect(await messages.get(ada, message.id)).toEqual(message)
    })

    test('are edited, removed, and renamed with their session', async () => {
      const { messages } = open()
      const { userId, flowId } = await ownFlow()
      const [one, two, three] = [1, 2, 3].map((timestamp) =>
        aMessage(userId, { flow_id: flowId, timestamp, session_id: timestamp === 2 ? 'b' : 'a' }),
      )
      if (!one || !two || !three) return expect.unreachable()
      await messages.save([one, two, three])
      expect(await messages.sessions({ userId, flowId })).toEqual(['a', 'b'])
      expect(await messages.update(userId, one.id, { text: 'edited', edit: true })).toEqual({
        ...one,
        text: 'edited',
        edit: true,
      })
      expect(await messages.renameSession({ userId, sessionId: 'b' }, 'c')).toBe(1)
      expect(await messages.remove(userId, [three.id, newId()])).toBe(1)
      expect(await messages.sessions({ userId })).toEqual(['c', 'a'])
      expect(await messages.removeSession({ userId, flowId, sessionId: 'a' })).toBe(1)
      expect(await messages.find({ userId })).toMatchObject([{ id: two.id, session_id: 'c' }])
    })
  })

  describe('runs', () => {
    test('are written with their messages and steps, and replaced by id', async () => {
      const { runs, messages } = open()
      const { userId, flowId } = await ownFlow()
      const run = aRun(userId, flowId, { status: 'running', endedAt: null })
      await runs.record({ run, messages: [], steps: [] })
      const done = { ...run, status: 'succeeded' as const, endedAt: 9, outputTokens: 7 }
      const batch = aBatch(done, ['ChatInput-1', 'ChatOutput-1'])
      await runs.record(batch)
      expect(await runs.get(userId, run.id)).toEqual(done)
      expect(await runs.list({ userId, flowId })).toEqual([done])
      expect(await runs.steps(userId, run.id)).toEqual(batch.steps)
      expect(await messages.find({ userId })).toEqual(batch.messages)
    })

    test('remove messages of their owner alone', async () => {
      const { runs, messages } = open()
      const { userId, flowId } = await ownFlow()
      const [mine, foreign] = [aMessage(userId), aMessage(await owner())]
      await messages.save([mine, foreign])
      const removed = { userId, messageIds: [mine.id, foreign.id] }
      await runs.record({ run: aRun(userId, flowId), messages: [], steps: [], removed })
      expect(await messages.get(userId, mine.id)).toBeUndefined()
      expect(await messages.get(foreign.userId ?? '', foreign.id)).toEqual(foreign)
    })

    test('that come together are all written, and a broken one fails alone', async () => {
      const { runs } = open()
      const { userId, flowId } = await ownFlow()
      const batches = Array.from({ length: 30 }, () => aBatch(aRun(userId, flowId)))
      // No text where the schema demands one: what a defect of ours would send.
      const run = aRun(userId, flowId, { status: null as never })
      const outcomes = await Promise.allSettled(
        [...batches.slice(0, 15), aBatch(run), ...batches.slice(15)].map(runs.record),
      )
      expect(outcomes.filter((outcome) => outcome.status === 'rejected')).toHaveLength(1)
      expect(await runs.list({ userId, limit: 100 })).toHaveLength(30)
      expect((await runs.stepsPage(userId, flowId)).total).toBe(30)
    })

    test('are written while a transaction is open, after it', async () => {
      const { runs, flows } = open()
      const { userId, flowId } = await ownFlow()
      const many = Array.from({ length: 20 }, () => aFlow(userId))
      const clash = aFlow(userId, { name: many[0]?.name ?? '' })
      const adding = flows.addMany([...many, clash])
      const recording = Array.from({ length: 5 }, () => runs.record(aBatch(aRun(userId, flowId))))
      await expect(adding).rejects.toMatchObject({ code: 'name_not_unique' })
      await Promise.all(recording)
      expect(await runs.list({ userId })).toHaveLength(5)
      expect(await flows.count(userId)).toBe(1)
    })

    test('are listed newest first, page by page', async () => {
      const { runs } = open()
      const { userId, flowId } = await ownFlow()
      const made = [1, 2, 3].map(() => aRun(userId, flowId))
      for (const run of made) await runs.record({ run, messages: [], steps: [] })
      const [first, second, third] = made.map((run) => run.id)
      const page = await runs.list({ userId, flowId, limit: 2 })
      expect(page.map((run) => run.id)).toEqual([third, second])
      const next = await runs.list({ userId, flowId, limit: 2, before: second ?? '' })
      expect(next.map((run) => run.id)).toEqual([first])
    })

    test('are found by a part of what was said, answered or went wrong', async () => {
      const { runs } = open()
      const { userId, flowId } = await ownFlow()
      const words = [{ said: 'Where?' }, { answered: '100% there' }, { error: 'No key' }, {}]
      for (const part of words) await runs.record({ run: aRun(userId, flowId, part), messages: [], steps: [] })
      const found = async (search: string) =>
        (await runs.list({ userId, search })).map(({ said, answered, error }) => said ?? answered ?? error)
      expect(await found('where')).toEqual(['Where?'])
      expect(await found('00%')).toEqual(['100% there'])
      expect(await found('KEY')).toEqual(['No key'])
      expect(await found('_')).toEqual([])
    })

    test('share the graph they ran; of many, those used last are kept', async () => {
      const { runGraphs, flows } = open()
      const { userId, flowId } = await ownFlow()
      for (let at = 0; at < 52; at++) await runGraphs.keep({ id: `g${flowId}${at}`, flowId, usedAt: at, data: `${at}` })
      await runGraphs.keep({ id: `g${flowId}2`, flowId, usedAt: 60, data: 'again' })
      await runGraphs.keep({ id: `g${flowId}99`, flowId, usedAt: 61, data: '99' })
      const kept = async (at: number) => runGraphs.find(flowId, `g${flowId}${at}`)
      expect(await Promise.all([0, 1, 2, 3, 51, 99].map(kept))).toEqual([
        undefined,
        undefined,
        '2',
        undefined,
        '51',
        '99',
      ])
      await flows.remove(userId, [flowId])
      expect(await kept(99)).toBeUndefined()
    })

    test('tell the latest builds of each node, and page through the steps', async () => {
      const { runs } = open()
      const { userId, flowId } = await ownFlow()
      const made = [1, 2, 3].map((startedAt) => aRun(userId, flowId, { startedAt }))
      for (const run of made) await runs.record(aBatch(run, ['A', 'B']))
      const latest = await runs.latestSteps(userId, flowId, 2)
      expect(latest.map((step) => `${step.nodeId}${step.startedAt}`)).toEqual(['A2', 'B2', 'A3', 'B3'])
      const { steps, total } = await runs.stepsPage(userId, flowId, { page: 2, size: 4 })
      expect(total).toBe(6)
      expect(steps.map((step) => `${step.nodeId}${step.startedAt}`)).toEqual(['B1', 'A1'])
      expect(await runs.removeSteps(userId, flowId)).toBe(6)
      expect(await runs.latestSteps(userId, flowId)).toEqual([])
    })

    test('add up what models are used for; what one costs is not known until it is', async () => {
      const { modelUsage, runs } = open()
      const userId = await owner()
      const of = { userId, day: '2026-01-31', flowId: 'flow', provider: 'P', model: 'm' }
      const used = { calls: 1, inputTokens: 10, outputTokens: 2 }
      const write = (cost: number | null, model = 'm') =>
        runs.record({ messages: [], steps: [], modelUsage: [{ ...of, ...used, model, cost }] })
      await Promise.all([write(null), write(5), write(7), write(null, 'other')])
      expect(await modelUsage.list({ userId, from: '2026-01-31', to: '2026-01-31' })).toEqual([
        { ...of, calls: 3, inputTokens: 30, outputTokens: 6, cost: 12 },
        { ...of, ...used, model: 'other', cost: null },
      ])
      expect(await modelUsage.list({ userId, from: '2026-02-01' })).toEqual([])
      expect(await modelUsage.list({ userId: await owner() })).toEqual([])
    })

    test('give what a step did inside only to who asks for it', async () => {
      const { runs } = open()
      const userId = await owner()
      const run = aRun(userId, 'flow-spans', { cost: 3, unpricedTokens: 4 })
      await runs.record({ run, messages: [], steps: [aStep(run, 'a', { cost: 3, spans: '[{}]' })] })
      expect(await runs.get(userId, run.id)).toEqual(run)
      expect(await runs.steps(userId, run.id)).toMatchObject([{ cost: 3, spans: null }])
      expect(await runs.steps(userId, run.id, { withSpans: true })).toMatchObject([{ cost: 3, spans: '[{}]' }])
    })

    test('of another user are not found or removed, nor their steps', async () => {
      const { runs } = open()
      const { userId, flowId } = await ownFlow()
      const bob = await owner()
      const run = aRun(userId, flowId)
      await runs.record(aBatch(run))
      expect(await runs.get(bob, run.id)).toBeUndefined()
      expect(await runs.list({ userId: bob, flowId })).toEqual([])
      expect(await runs.steps(bob, run.id)).toEqual([])
      expect(await runs.latestSteps(bob, flowId)).toEqual([])
      expect(await runs.stepsPage(bob, flowId)).toEqual({ steps: [], total: 0 })
      expect(await runs.removeSteps(bob, flowId)).toBe(0)
      expect(await runs.remove(bob, run.id)).toBe(false)
      expect(await runs.remove(userId, run.id)).toBe(true)
      expect(await runs.stepsPage(userId, flowId)).toEqual({ steps: [], total: 0 })
    })

    test('are counted by flow, with the newest of each; those of another user are not', async () => {
      const { runs, flows } = open()
      const { userId, flowId } = await ownFlow()
      await flows.add(aFlow(userId, { name: 'Never run' }))
      const made = [aRun(userId, flowId), aRun(userId, flowId, { status: 'failed' })]
      for (const run of made) await runs.record({ run, messages: [], steps: [] })
      expect(await runs.byFlow(userId)).toEqual([{ runs: 2, last: made[1] }])
      expect(await runs.byFlow(await owner())).toEqual([])
    })

    test('cut off by a crash become failed, their last message partial; webhook runs stay', async () => {
      const { runs, messages } = open()
      const { userId, flowId } = await ownFlow()
      const run = aRun(userId, flowId, { status: 'running', endedAt: null, startedAt: 5 })
      const webhook = aRun(userId, flowId, { status: 'running', endedAt: null, kind: 'webhook' })
      const said = [6, 7].map((timestamp) => aMessage(userId, { flow_id: flowId, run_id: run.id, timestamp }))
      await runs.record({ run, messages: said, steps: [] })
      await runs.record({ run: webhook, messages: [], steps: [] })
      expect(await runs.markInterrupted(50)).toEqual([run.id])
      expect(await runs.get(userId, run.id)).toMatchObject({
        status: 'failed',
        error: 'interrupted',
        errorCode: 'interrupted',
        endedAt: 50,
      })
      expect(await runs.get(userId, webhook.id)).toMatchObject({ status: 'running' })
      const found = await messages.find({ userId, includeErrors: true })
      expect(found.map((message) => [message.error, message.properties.state])).toEqual([
        [false, 'complete'],
        [true, 'partial'],
      ])
      expect(await runs.markInterrupted()).toEqual([])
    })

    test('and steps are pruned to their bounds, the oldest first', async () => {
      const { runs, prune } = open()
      const { userId, flowId } = await ownFlow()
      await prune({ keepSteps: 0, keepRuns: 0 })
      const run = aRun(userId, flowId)
      await runs.record({ run, messages: [], steps: Array.from({ length: 450 }, (_, at) => aStep(run, `N${at}`)) })
      await runs.record({ run: aRun(userId, flowId), messages: [], steps: [] })
      expect(await prune({ keepSteps: 10, keepRuns: 1 })).toEqual({ steps: 440, runs: 1 })
      const { steps, total } = await runs.stepsPage(userId, flowId, { size: 1 })
      expect([total, steps[0]?.nodeId]).toEqual([10, 'N449'])
      expect(await prune({ before: Date.now() + 60_000 })).toEqual({ steps: 10, runs: 1 })
    })
  })

  test('messages of visitors are pruned by their age, those of flows are not', async () => {
    const { messages, flows, prune } = open()
    const { userId, flowId } = await ownFlow()
    const visited = 'aaaaaaaa-0000-5000-8000-000000000001'
    // Whoever puts a flow under an id chooses its version.
    const chosen = 'aaaaaaaa-0000-5000-8000-000000000002'
    await flows.add(aFlow(userId, { id: chosen }))
    const said = (flow_id: string | null, timestamp: number) => aMessage(userId, { flow_id, timestamp })
    const many = Array.from({ length: 250 }, () => said(visited, 5))
    const kept = [said(visited, 10), said(chosen, 5), said(flowId, 5), said(null, 5)]
    await messages.save([...many, ...kept])
    await prune({ visitorsBefore: 10 })
    const found = await messages.find({ userId })
    expect(found.map(({ id }) => id).sort()).toEqual(kept.map(({ id }) => id).sort())
  })

  test('answers a ping with how durable it is', async () => {
    const health = await open().ping()
    expect(health).toMatchObject(
      open().dialect === 'sqlite' ? { journalMode: 'wal', synchronous: 'full' } : { synchronous: 'on' },
    )
  })

  test('keeps texts with quotes, patterns and every kind of character apart from SQL', async () => {
    const { flows } = open()
    const userId = await owner()
    const name = `'; drop table flow; -- " \\ % _ $1 ? 🦊`
    const flow = await flows.add(aFlow(userId, { name }))
    expect(await flows.list(userId, { search: 'drop_table' })).toEqual([])
    expect(await flows.list(userId, { search: `'; DROP table` })).toEqual([flow])
    expect(await flows.uniqueName(userId, name)).toBe(`${name} (1)`)
  })
}
