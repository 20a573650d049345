import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { flowInputs } from './flow-inputs.ts'

const row = (name: string, type = 'text', preset = '') => ({ name, type, default: preset, required: false })
const fields = [row('输入'), row('count', 'integer', '3'), row('who', 'object'), row('tags', 'list', '["a"]'), row(' ')]
const names = ['all', 'value_输入', 'value_count', 'value_who', 'value_tags']
const outputs = Object.fromEntries(
  names.flatMap((name) => {
    const output = flowInputs.outputs[name] ?? flowInputs.outputNamed?.(name)
    return output ? [[name, output]] : []
  }),
)
const run = async (values: object) => {
  const found = await runComponent({ ...flowInputs, outputs }, { fields, values })
  return names.map((name) => found[name])
}

test('gives each value by an output of its own, and all of them together', async () => {
  expect(await run({ 输入: '在吗?', count: 7, who: { name: 'Ada' }, tags: ['x'], unknown: 1 })).toMatchObject([
    { kind: 'data', data: { 输入: '在吗?', count: 7, who: { name: 'Ada' }, tags: ['x'] } },
    { kind: 'message', text: '在吗?' },
    { kind: 'message', text: '7' },
    { kind: 'data', data: { name: 'Ada' } },
    { kind: 'data', data: { value: ['x'] } },
  ])
})

test('gives the defaults of values that are left out', async () => {
  expect(await run({})).toMatchObject([
    { data: { 输入: null, count: 3, who: null, tags: ['a'] } },
    { text: '' },
    { text: '3' },
    { text: '' },
    { data: { value: ['a'] } },
  ])
})

test('shows an output for each named field, and no other', () => {
  const shown = flowInputs.dynamicOutputs?.({ fields }) ?? {}
  expect(Object.entries(shown).map(([name, { label, types }]) => [name, label, types?.[0]])).toEqual([
    ['value_输入', '输入', 'Message'],
    ['value_count', 'count', 'Message'],
    ['value_who', 'who', 'Data'],
    ['value_tags', 'tags', 'Data'],
  ])
  expect(flowInputs.outputNamed?.('other')).toBeUndefined()
})
