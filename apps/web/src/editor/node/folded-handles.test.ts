import { expect, test } from 'vitest'
import type { NodeData } from '../model/flow-document.ts'
import { foldedHandles } from './folded-handles.ts'

const text = { type: 'str', input_types: ['Message'] }
const data = (inputs: readonly string[], outputs: NodeData['node']['outputs']): NodeData => ({
  id: 'x',
  type: 'X',
  node: {
    display_name: 'X',
    description: '',
    template: Object.fromEntries(inputs.map((name) => [name, text])),
    outputs: outputs ?? [],
  },
})
const kept = (of: NodeData, fields: readonly string[] = [], outputs: readonly string[] = []) => {
  const found = foldedHandles(of, { fields: new Set(fields), outputs: new Set(outputs) })
  return {
    inputs: found.inputs.map(([name]) => name),
    loops: found.loops.map(({ output }) => output.name),
    outputs: found.outputs.map(({ output }) => output.name),
    lacksSome: found.lacksSome,
  }
}

test('a folded node with a handle on each side keeps both', () => {
  expect(kept(data(['a'], [{ name: 'out' }]))).toEqual({
    inputs: ['a'],
    loops: [],
    outputs: ['out'],
    lacksSome: false,
  })
})

test('of several on a side it keeps those with edges, else the first, and lacks the others', () => {
  const several = data(['a', 'b', 'c'], [{ name: 'out' }])
  expect(kept(several)).toMatchObject({ inputs: ['a'], lacksSome: true })
  expect(kept(several, ['b'])).toMatchObject({ inputs: ['b'], lacksSome: true })
  expect(kept(several, ['a', 'b', 'c'])).toMatchObject({ inputs: ['a', 'b', 'c'], lacksSome: false })
})

test('the feedback of a loop is kept while something comes back', () => {
  const loop = data(['data'], [{ name: 'item', allows_loop: true }, { name: 'done' }])
  expect(kept(loop)).toMatchObject({ loops: [], outputs: ['item'], lacksSome: true })
  expect(kept(loop, ['data'], ['item', 'done'])).toMatchObject({ loops: ['item'], lacksSome: false })
})
