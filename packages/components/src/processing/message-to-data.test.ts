import { message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { messageToData } from './message-to-data.ts'

test('gives the fields of a Message', async () => {
  const { data } = await runComponent(messageToData, { message: message('hi', { sender: 'User', session_id: 's' }) })
  expect(data).toMatchObject({ kind: 'data', data: { text: 'hi', sender: 'User', session_id: 's' } })
})

test('says so when there is no Message', async () => {
  const { data } = await runComponent(messageToData)
  expect(data).toMatchObject({ data: { error: 'Error converting Message to Data: Input must be a Message object' } })
})
