import { data, dataFrame, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { chatOutput } from './chat-output.ts'

const run = { sessionId: 's-1' }

test('sends a text as a message of the machine in the session of the run', async () => {
  const { message: said, $sent } = await runComponent(chatOutput, { input_value: 'hello' }, run)
  expect(said).toMatchObject({
    text: 'hello',
    sender: 'Machine',
    sender_name: 'AI',
    session_id: 's-1',
    flow_id: 'flow-1',
    properties: { state: 'complete', icon: null, source: { id: null, display_name: null, source: null } },
  })
  expect($sent).toEqual([said])
})

test('completes the message of a model: same id, files, blocks and icon', async () => {
  const answer = message('hello', { id: 'm-1', sender: 'Machine', files: ['f/a.png'], session_id: 's-2' })
  const withIcon = { ...answer, properties: { ...answer.properties, icon: 'Bot', state: 'partial' as const } }
  const { message: said } = await runComponent(chatOutput, { input_value: withIcon, sender_name: 'Ada' }, run)
  expect(said).toMatchObject({
    id: 'm-1',
    files: ['f/a.png'],
    sender_name: 'Ada',
    session_id: 's-2',
    timestamp: answer.timestamp,
    properties: { icon: 'Bot', state: 'complete' },
  })
})

test('answers with a message of its own when the user is echoed', async () => {
  const { message: said } = await runComponent(
    chatOutput,
    { input_value: message('hi', { id: 'm-7', sender: 'User' }) },
    run,
  )
  expect(said).toMatchObject({ text: 'hi', sender: 'Machine', id: 'message-1' })
})

test('names the node it got its input from, and the model when that node has one', async () => {
  const source = { id: 'OpenAIModel-1', displayName: 'OpenAI', model: 'gpt-5' }
  const named = await runComponent(chatOutput, { input_value: 'x' }, { ...run, node: { source } })
  expect(named.message).toMatchObject({
    properties: { source: { id: 'OpenAIModel-1', display_name: 'OpenAI', source: 'gpt-5' } },
  })
  const plain = await runComponent(
    chatOutput,
    { input_value: 'x' },
    { ...run, node: { source: { ...source, model: null } } },
  )
  expect(plain.message).toMatchObject({ properties: { source: { source: 'OpenAI' } } })
  const said = message('x', { sender: 'Machine' })
  const told = { ...said.properties, source: { id: source.id, display_name: 'OpenAI', source: 'gpt-4o' } }
  const usual = await runComponent(
    chatOutput,
    { input_value: { ...said, properties: told } },
    { ...run, node: { source: { ...source, model: null } } },
  )
  expect(usual.message).toMatchObject({ properties: { source: { source: 'gpt-4o' } } })
})

test('shows JSON, tables and lists as text', async () => {
  const input_value = [data({ a: 1 }), dataFrame([{ a: null }, { a: 'x' }]), 'end']
  const { message: said } = await runComponent(chatOutput, { input_value }, run)
  expect(said).toMatchObject({ text: '```json\n{\n  "a": 1\n}\n```\n| a   |\n|:----|\n| x   |\nend' })
})

test('keeps empty rows when it is not to clean', async () => {
  const input_value = dataFrame([{ a: null }])
  const { message: said } = await runComponent(chatOutput, { input_value, clean_data: false }, run)
  expect(said).toMatchObject({ text: '| a    |\n|:-----|\n| None |' })
})

test('gives the message without sending it when it is not to be stored', async () => {
  const { message: said, $sent } = await runComponent(
    chatOutput,
    { input_value: 'x', should_store_message: false },
    run,
  )
  expect($sent).toEqual([])
  expect(said).toMatchObject({ text: 'x', session_id: 's-1' })
})

test('takes the colours and the icon that nodes of 1.4 have fields for', async () => {
  const dynamic = { background_color: '#fff', text_color: '', chat_icon: 'Bot' }
  const { message: said } = await runComponent(chatOutput, { input_value: 'x' }, { ...run, dynamic })
  expect(said).toMatchObject({ properties: { background_color: '#fff', text_color: null, icon: 'Bot' } })
})

test('refuses nothing and values that are no text', async () => {
  await expect(runComponent(chatOutput, {}, run)).rejects.toThrow('Input data cannot be None')
  await expect(runComponent(chatOutput, { input_value: 3 }, run)).rejects.toThrow('got 3')
})
