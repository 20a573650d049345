import { expect, test } from 'vitest'
import { polledEvents } from './polled-events.ts'

test('events are asked for until the last one, also when there was nothing to tell', async () => {
  const answers = [
    '{"event":"build_start","data":{"id":"a"}}',
    '',
    '{"event":"build_end","data":{"id":"a"}}\n\n{"event":"end","data":{}}',
  ]
  let polls = 0
  const heard = await Array.fromAsync(polledEvents(async () => new Response(answers[polls++] ?? 'too late')))
  expect(heard.map(({ event }) => event)).toEqual(['build_start', 'build_end', 'end'])
  expect(polls).toBe(3)
})
