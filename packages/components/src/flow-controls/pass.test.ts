import { message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { pass } from './pass.ts'

test('hands its message on as it is', async () => {
  const input_message = message('hi', { sender: 'User' })
  const { output_message } = await runComponent(pass, { input_message, ignored_message: message('x') })
  expect(output_message).toBe(input_message)
})

test('says so when there is none', async () => {
  await expect(runComponent(pass)).rejects.toThrow('There is no message to hand on.')
})
