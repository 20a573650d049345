import type { RunStepRead } from '@runnel/protocol/monitor'
import { expect, test } from 'vitest'
import { readDocument } from '../model/flow-document.ts'
import { askedAgain, filesIn, isAskedWhole, ranBesideChat } from './asked-again.ts'

const node = (id: string, type: string, template: Record<string, unknown>) => ({
  id,
  position: { x: 0, y: 0 },
  data: { id, type, node: { template, outputs: [] } },
})
const document = readDocument({
  nodes: [
    node('Webhook-1', 'Webhook', { data: { type: 'str', value: '' }, curl: { type: 'str', value: 'c' } }),
    node('TextInput-1', 'TextInput', { input_value: { type: 'str', value: 'now' } }),
    node('Prompt-1', 'Prompt', { data: { type: 'str', value: 'kept' } }),
  ],
  edges: [],
})
const step = (component_id: string, inputs: Record<string, unknown>): RunStepRead => ({
  component_id,
  component_display_name: component_id,
  started_at: '2026-01-05T00:00:00Z',
  duration_ms: 1,
  valid: true,
  error: null,
  inputs,
  outputs: {},
  logs: {},
  token_usage: null,
  cost: null,
})
const steps = [
  step('Webhook-1', { data: '{"order":42}', curl: 'other' }),
  step('TextInput-1', { input_value: 'then' }),
  step('Prompt-1', { data: 'other' }),
  step('gone-1', { data: 'other' }),
]

test('a run is asked again with what was posted and typed then, and everything else as it is', () => {
  const values = askedAgain(document, steps).nodes.map(({ data }) =>
    Object.values(data.node.template).map(({ value }) => value),
  )
  expect(values).toEqual([['{"order":42}', 'c'], ['then'], ['kept']])
  expect(askedAgain(document, [])).toEqual(document)
})

test('a field that takes a variable keeps its name', () => {
  const named = readDocument({
    nodes: [node('TextInput-1', 'TextInput', { input_value: { type: 'str', value: 'KEY', load_from_db: true } })],
    edges: [],
  })
  expect(askedAgain(named, steps)).toEqual(named)
})

test('what is kept in part alone is not asked again', () => {
  expect(isAskedWhole(document, steps, 100)).toBe(true)
  expect(isAskedWhole(document, [step('Webhook-1', { data: `${'x'.repeat(10)}...` })], 10)).toBe(false)
})

test('files come with the question they came with', () => {
  expect(filesIn([step('ChatInput-1', { files: ['id/a.png'] })])).toEqual(['id/a.png'])
  expect(filesIn(steps)).toEqual([])
})

test('a run was one of the whole flow when what nothing joins to the chat input ran too', () => {
  const ids = ['ChatInput-1', 'ChatOutput-1', 'TextInput-1']
  const chat = readDocument({
    nodes: ids.map((id) => node(id, id.slice(0, -2), {})),
    edges: [{ id: 'e', source: 'ChatInput-1', target: 'ChatOutput-1' }],
  })
  const ranWith = (...ran: readonly string[]) =>
    ranBesideChat(
      chat,
      ran.map((id) => step(id, {})),
    )
  expect(ranWith(...ids)).toBe(true)
  expect(ranWith('ChatInput-1', 'ChatOutput-1')).toBe(false)
  // A node in a group, or one that is gone, says nothing.
  expect(ranWith('ChatInput-1', 'Inside-1')).toBe(false)
  expect(ranBesideChat(document, steps)).toBe(false)
})
