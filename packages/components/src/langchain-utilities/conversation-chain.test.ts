import { emptyProperties, type MessageRecord } from '@runnel/protocol/message'
import { fakeModel } from '@runnel/testing/fake-model'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { conversationChain } from './conversation-chain.ts'

const said = (timestamp: number, sender: string, text: string): MessageRecord => ({
  id: `m${timestamp}`,
  flow_id: 'flow-1',
  run_id: null,
  session_id: 's-1',
  context_id: '',
  timestamp,
  sender,
  sender_name: sender,
  text,
  files: [],
  error: false,
  edit: false,
  properties: emptyProperties,
  category: 'message',
  content_blocks: [],
})

test('shows the model the session, and asks the question that is stored already once', async () => {
  const llm = fakeModel('In 1815.')
  const history = [said(1, 'User', 'Who is Ada?'), said(2, 'Machine', 'A mathematician.'), said(3, 'User', 'Born?')]
  const { text } = await runComponent(conversationChain, { llm, input_value: 'Born?' }, { history, sessionId: 's-1' })
  expect(text).toMatchObject({ text: 'In 1815.' })
  expect(llm.requests[0]?.messages).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Who is Ada?' }] },
    { role: 'assistant', content: 'A mathematician.' },
    { role: 'user', content: [{ type: 'text', text: 'Born?' }] },
  ])
})
