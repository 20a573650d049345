import { expect, test } from 'vitest'
import type { BuildEvent } from './build-events.ts'
import { type Begun, deliveredEvents } from './delivery.ts'

const lines = (...events: readonly object[]): Response =>
  new Response(events.map((event) => `${JSON.stringify(event)}\n\n`).join(''))
const start = { event: 'build_start', data: {} }
const end = { event: 'end', data: {} }

/** What was asked of the server, and what is heard when events are opened after some failures. */
function heardBy(begun: Begun, answers: readonly Response[]) {
  const asked: string[] = []
  const left = [...answers]
  const open = deliveredEvents(begun, async (how, fromStart) => {
    asked.push(fromStart ? how : `${how} on`)
    return left.shift() ?? lines(end)
  })
  const hear = async (failures: number): Promise<readonly string[]> => {
    const heard: BuildEvent[] = []
    for await (const event of await open(failures)) heard.push(event)
    return heard.map(({ event }) => event)
  }
  return { asked, hear }
}

test('a build that is delivered directly tells its events in the answer to its start', async () => {
  const { asked, hear } = heardBy({ jobId: 'j', delivery: 'direct', answer: lines(start, end) }, [])
  expect(await hear(0)).toEqual(['build_start', 'end'])
  expect(asked).toEqual([])
})

test('a direct answer that broke is taken up by polls', async () => {
  const { asked, hear } = heardBy({ jobId: 'j', delivery: 'direct', answer: lines(start) }, [])
  await hear(0)
  await hear(1)
  expect(asked).toEqual(['polling'])
})

test('polls go on until the build has ended', async () => {
  const { asked, hear } = heardBy({ jobId: 'j', delivery: 'polling' }, [lines(start), lines(end)])
  expect(await hear(0)).toEqual(['build_start', 'end'])
  expect(asked).toEqual(['polling', 'polling on'])
})

test('a stream that broke gives way to polls', async () => {
  const { asked, hear } = heardBy({ jobId: 'j', delivery: 'streaming' }, [])
  for (const failures of [0, 1, 2]) await hear(failures)
  expect(asked).toEqual(['streaming', 'polling', 'polling'])
})
