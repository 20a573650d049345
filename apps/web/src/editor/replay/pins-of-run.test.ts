import type { RunStepRead } from '@runnel/protocol/monitor'
import { expect, test } from 'vitest'
import { pinRun } from '../commands/pin-run.ts'
import { readDocument } from '../model/flow-document.ts'
import { pinsOfRun } from './pins-of-run.ts'

const node = (id: string) => ({
  id,
  position: { x: 0, y: 0 },
  data: {
    id,
    type: 'T',
    node: {
      template: {},
      outputs: [
        { name: 'out', types: ['Message'] },
        { name: 'model', types: ['LanguageModel'] },
      ],
    },
  },
})
const document = readDocument({
  nodes: [node('ask'), node('model'), node('say')],
  edges: [
    { id: 'e1', source: 'ask', target: 'model', sourceHandle: '{}', targetHandle: '{}' },
    { id: 'e2', source: 'model', target: 'say', sourceHandle: '{}', targetHandle: '{}' },
  ],
})
const step = (component_id: string, message: unknown, valid = true): RunStepRead => ({
  component_id,
  component_display_name: component_id,
  started_at: '2026-01-05T00:00:00Z',
  duration_ms: 1,
  valid,
  error: null,
  inputs: {},
  outputs: { out: { message, type: 'text' }, model: { message: { name: 'm' }, type: 'object' } },
  logs: {},
  token_usage: null,
  cost: null,
})

test('what nodes handed on is pinned, their last values, as one step', () => {
  const steps = [
    step('ask', 'Hi'),
    step('model', 'first'),
    step('model', 'last'),
    step('say', 'last'),
    step('gone', 'x'),
  ]
  const { pins, cut } = pinsOfRun(document, steps, 1000)
  expect([...pins]).toEqual([
    ['ask', { out: 'Hi' }],
    ['model', { out: 'last' }],
  ])
  expect(cut).toBe(0)
  const pinned = pinRun.apply(document, { pins })
  expect(pinned.nodes.map(({ data }) => data.node.pinned_outputs)).toEqual([{ out: 'Hi' }, { out: 'last' }, undefined])
})

test('a value that was kept in part, or of a node that failed, is not pinned', () => {
  const steps = [step('ask', `${'x'.repeat(10)}...`), step('model', 'no', false)]
  expect(pinsOfRun(document, steps, 10)).toEqual({ pins: new Map(), cut: 1 })
})
