import { data, dataFrame, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { loop } from './loop.ts'

/** Runs the node as the engine does: again for each thing that comes back, until `item` is stopped. */
async function pass(
  value: unknown,
  body: (item: unknown) => unknown,
  { state = new Map<string, unknown>(), outputs = ['item', 'done'] } = {},
) {
  const given: unknown[] = []
  let back: unknown
  for (;;) {
    const dynamic = given.length > 0 ? { item: back } : {}
    const node = { connectedOutputs: new Set(outputs) }
    const run = await runComponent(loop, { data: value }, { state, dynamic, outputs, node })
    const stopped = new Set(run.$stopped)
    if (stopped.has('item')) return { given, done: run.done, stopped: [...stopped] }
    expect([...stopped]).toEqual(['done'])
    given.push(run.item)
    back = body(run.item)
  }
}

const texts = dataFrame([{ text: 'a' }, { text: 'b' }, { text: 'c' }])

test('gives each row once and then the table of what came back', async () => {
  const { given, done, stopped } = await pass(texts, () => data({ seen: true }))
  expect(given).toMatchObject([{ data: { text: 'a' } }, { data: { text: 'b' } }, { data: { text: 'c' } }])
  expect(done).toMatchObject({ kind: 'dataframe', rows: [{ seen: true }, { seen: true }, { seen: true }] })
  expect(stopped).toEqual(['item'])
})

test('collects a Message by its text, and neither nothing nor plain text', async () => {
  const answers = [message('one', { sender: 'Machine' }), 'two', null]
  const { done } = await pass(texts, () => answers.shift())
  expect(done).toMatchObject({ rows: [{ text: 'one' }] })
})

test('is done at once when there are no rows', async () => {
  const { given, done } = await pass(dataFrame([]), () => data({}))
  expect(given).toEqual([])
  expect(done).toMatchObject({ rows: [] })
})

test('runs the body once per row when nothing waits for the end', async () => {
  const { given } = await pass(texts, () => data({}), { outputs: ['item'] })
  expect(given).toHaveLength(3)
})

test('is done at once when it has no body', async () => {
  const { given, done } = await pass(texts, () => data({}), { outputs: ['done'] })
  expect(given).toEqual([])
  expect(done).toMatchObject({ rows: [] })
})

test('begins anew when another loop brings it new rows', async () => {
  const state = new Map<string, unknown>()
  const first = await pass([data({ n: 1 })], (item) => item, { state })
  const second = await pass([data({ n: 2 }), data({ n: 3 })], (item) => item, { state })
  expect(first.done).toMatchObject({ rows: [{ n: 1 }] })
  expect(second.done).toMatchObject({ rows: [{ n: 2 }, { n: 3 }] })
})

test('takes JSON, a message and lists of them', async () => {
  expect((await pass(data({ n: 1 }), (item) => item)).given).toMatchObject([{ data: { n: 1 } }])
  expect((await pass([message('hi')], (item) => item)).given).toMatchObject([{ data: { text: 'hi' } }])
})

test('refuses anything else', async () => {
  await expect(pass('text', () => null)).rejects.toThrow("The 'data' input must be a DataFrame")
  await expect(pass(undefined, () => null)).rejects.toThrow('got nothing')
})
