import { expect, test } from 'vitest'
import { createBatch } from './batch.ts'

/** A flow whose rows end when they are told to. */
function rowsByHand() {
  const ends = new Map<number, { readonly done: () => void; readonly fail: () => void }>()
  const runRow = (index: number, signal: AbortSignal) =>
    new Promise<Readonly<Record<string, string>>>((resolve, reject) => {
      ends.set(index, {
        done: () => resolve({ Out: `row ${index}` }),
        fail: () => reject(new Error(`row ${index} broke`)),
      })
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
  }
  return { runRow, ends, settled }
}
const statuses = ({ store }: ReturnType<typeof createBatch>) => store.getState().rows.map(({ status }) => status)

test('so many rows run at a time, and one that fails does not end the others', async () => {
  const { runRow, ends, settled } = rowsByHand()
  const batch = createBatch({ count: 4, parallel: 2, runRow, now: () => 0 })
  const ended = batch.run()
  expect(statuses(batch)).toEqual(['running', 'running', 'waiting', 'waiting'])
  ends.get(1)?.fail()
  await settled()
  expect(statuses(batch)).toEqual(['running', 'failed', 'running', 'waiting'])
  ends.get(0)?.done()
  await settled()
  for (const index of [2, 3]) ends.get(index)?.done()
  await ended
  expect(batch.store.getState()).toMatchObject({
    isRunning: false,
    rows: [
      { status: 'done', outputs: { Out: 'row 0' }, durationMs: 0 },
      { status: 'failed', error: 'row 1 broke' },
      { outputs: { Out: 'row 2' } },
      { outputs: { Out: 'row 3' } },
    ],
  })
})

test('those that failed are run again, and those alone', async () => {
  const ran: number[] = []
  let isBroken = true
  const batch = createBatch({
    count: 3,
    parallel: 3,
    runRow: async (index) => {
      ran.push(index)
      if (index === 1 && isBroken) throw new Error('broken')
      return {}
    },
  })
  await batch.run()
  expect(statuses(batch)).toEqual(['done', 'failed', 'done'])
  isBroken = false
  await batch.retry()
  expect(statuses(batch)).toEqual(['done', 'done', 'done'])
  expect(ran).toEqual([0, 1, 2, 1])
})

test('stopping ends what runs; it waits to be run again', async () => {
  const { runRow, ends, settled } = rowsByHand()
  const batch = createBatch({ count: 3, parallel: 1, runRow })
  const ended = batch.run()
  ends.get(0)?.done()
  await settled()
  batch.stop()
  await ended
  expect(statuses(batch)).toEqual(['done', 'waiting', 'waiting'])
  const again = batch.run()
  expect(statuses(batch)).toEqual(['done', 'running', 'waiting'])
  batch.stop()
  await again
})
