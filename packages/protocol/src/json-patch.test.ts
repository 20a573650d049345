import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyPatch, diffJson, type JsonPatch, PatchMismatch } from './json-patch.ts'

const list = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), at: fc.dictionary(fc.string(), fc.integer()) }),
  { selector: ({ id }) => id },
)
const graph = fc.record({ nodes: list, edges: list, any: fc.jsonValue() })

test('the difference of two values makes one of the other', () => {
  fc.assert(
    fc.property(graph, graph, (before, after) => {
      expect(JSON.parse(JSON.stringify(applyPatch(before, diffJson(before, after))))).toEqual(
        JSON.parse(JSON.stringify(after)),
      )
    }),
  )
})

const node = (id: string, value: string) => ({ id, data: { template: { text: { value } } } })

test('a changed word of a node among many is one step, and items that came and went are one each', () => {
  const kept = node('b', 'old')
  const before = { nodes: [node('a', '1'), kept, node('c', '3')] }
  const after = {
    nodes: [{ ...kept, data: { template: { text: { value: 'new' } } } }, before.nodes[2], node('d', '4')],
  }
  const patch = diffJson(before, after)
  expect(patch).toEqual([
    { op: 'remove', path: '/nodes/0' },
    { op: 'replace', path: '/nodes/0/data/template/text/value', value: 'new' },
    { op: 'add', path: '/nodes/2', value: node('d', '4') },
  ])
  const patched = applyPatch(before, patch) as typeof after
  expect(patched.nodes[1]).toBe(before.nodes[2])
})

test('a key is there when the object has it of its own', () => {
  expect(diffJson({ at: {} }, { at: { toString: 1 } })).toEqual([{ op: 'add', path: '/at/toString', value: 1 }])
  expect(diffJson({ at: { toString: 1 } }, { at: {} })).toEqual([{ op: 'remove', path: '/at/toString' }])
})

test('an object with a key of the name of the prototype is replaced whole', () => {
  const odd = { at: JSON.parse('{"__proto__": 0, "n": 1}') }
  const plain = { at: { n: 1 } }
  expect(diffJson(odd, plain)).toEqual([{ op: 'replace', path: '/at', value: { n: 1 } }])
  for (const [before, after] of [
    [odd, plain],
    [plain, odd],
  ]) {
    expect(JSON.stringify(applyPatch(before, diffJson(before, after)))).toBe(JSON.stringify(after))
  }
})

test('items that were moved, and lists without ids, are replaced whole', () => {
  const before = { nodes: [{ id: 'a' }, { id: 'b' }], tags: ['x', 'y'] }
  const after = { nodes: [{ id: 'b' }, { id: 'a' }], tags: ['y'] }
  expect(diffJson(before, after)).toEqual([
    { op: 'replace', path: '/nodes', value: after.nodes },
    { op: 'replace', path: '/tags', value: ['y'] },
  ])
})

test.each<readonly [string, JsonPatch[number]]>([
  ['a key that is not there', { op: 'replace', path: '/none', value: 1 }],
  ['an item past the end', { op: 'add', path: '/nodes/7', value: 1 }],
  ['something inside of a number', { op: 'add', path: '/nodes/0/id/x', value: 1 }],
  ['a prototype', { op: 'add', path: '/__proto__/x', value: 1 }],
  ['no pointer', { op: 'remove', path: 'nodes' }],
])('refuses %s', (_, step) => {
  expect(() => applyPatch({ nodes: [{ id: 'a' }] }, [step])).toThrow(PatchMismatch)
})
