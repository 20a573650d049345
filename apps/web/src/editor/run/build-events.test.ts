import { expect, test } from 'vitest'
import { otherEvent, readBuildStream } from './build-events.ts'

test('an event of a kind the editor does not know is handed on as it came, the others are not', async () => {
  const lines = [
    '{"event":"token","data":{"id":"m","chunk":"a"}}',
    '{"event":"budget_low","data":{"left":3}}',
    '{"event":"end","data":{}}',
  ]
  const others = []
  for await (const event of readBuildStream(new Response(lines.join('\n\n')))) others.push(otherEvent(event))
  expect(others).toEqual([undefined, { event: 'budget_low', data: { left: 3 } }, undefined])
})
