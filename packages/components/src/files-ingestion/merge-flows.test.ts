import { data, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { mergeFlows } from './merge-flows.ts'

test('says how many flows it brought together', async () => {
  const { done } = await runComponent(mergeFlows, { inputs: [message('a'), data({ text: 'b' })] })
  expect(done).toMatchObject({ text: 'Merged 2 flows' })
  expect((await runComponent(mergeFlows, { inputs: [] })).done).toMatchObject({ text: 'Merged 0 flows' })
})
