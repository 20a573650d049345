import { expect, test } from 'vitest'
import { handleTestId } from './handle-test-id.ts'

test('a handle is named by the type of its node, its label and its side', () => {
  expect(handleTestId('OpenAIModel', 'Input', 'left', false)).toBe('handle-openaimodel-shownode-input-left')
  expect(handleTestId('ChatInput', 'Chat Message', 'right', false)).toBe('handle-chatinput-shownode-chat message-right')
})

test('of a folded node it is a target or a source', () => {
  expect(handleTestId('ChatOutput', 'Inputs', 'left', true)).toBe('handle-chatoutput-noshownode-inputs-target')
  expect(handleTestId('ChatInput', 'Chat Message', 'right', true)).toBe(
    'handle-chatinput-noshownode-chat message-source',
  )
})
