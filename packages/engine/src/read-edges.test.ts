import type { JsonObject } from '@runnel/protocol/json'
import { describe, expect, test } from 'vitest'
import { printHandle } from './handle-codec.ts'
import { readEdges } from './read-edges.ts'

const index = new Map([
  ['A-1', 0],
  ['B-1', 1],
  ['__proto__', 2],
])
const source = { dataType: 'A', id: 'A-1', name: 'out', output_types: ['Message'] }
const target = { fieldName: 'input', id: 'B-1', inputTypes: ['Message'], type: 'str' }
const edge = (sourceHandle: unknown, targetHandle: unknown): JsonObject => ({
  source: 'A-1',
  target: 'B-1',
  data: { sourceHandle, targetHandle },
})
const read = (...edges: readonly JsonObject[]) => {
  const warnings: string[] = []
  return { edges: readEdges(edges, index, new Set(['note-1']), warnings), warnings }
}
const plain = { source: 0, target: 1, output: 'out', baseClasses: [], field: 'input', feedback: undefined }

describe('an edge', () => {
  test('is read from the handles in data', () => {
    expect(read(edge(source, target))).toEqual({ edges: [plain], warnings: [] })
  })

  test('is read from handle texts, with and without blanks', () => {
    const texts = { source: 'A-1', target: 'B-1', sourceHandle: printHandle(source), targetHandle: printHandle(target) }
    const spaced = { ...texts, sourceHandle: texts.sourceHandle.replaceAll(/([:,])/g, '$1 ') }
    expect(read(texts).edges).toEqual([plain])
    expect(read(spaced).edges).toEqual([plain])
    expect(read({ ...texts, data: {} }).edges).toEqual([plain])
    expect(read({ ...texts, data: { sourceHandle: 'nonsense', targetHandle: 7 } }).edges).toEqual([plain])
  })

  test('is read from handles that are objects, or texts in data', () => {
    expect(read({ source: 'A-1', target: 'B-1', sourceHandle: source, targetHandle: target }).edges).toEqual([plain])
    expect(read(edge(printHandle(source), printHandle(target))).edges).toEqual([plain])
  })

  test('is read from handles before 1.0', () => {
    const old = { source: 'A-1', target: 'B-1', sourceHandle: 'A|A-1|Text|object', targetHandle: 'Text;Data|input|B-1' }
    expect(read(old).edges).toEqual([{ ...plain, output: undefined, baseClasses: ['Text', 'object'] }])
    const classes = edge({ dataType: 'A', id: 'A-1', baseClasses: ['Text'] }, target)
    expect(read(classes).edges).toEqual([{ ...plain, output: undefined, baseClasses: ['Text'] }])
  })

  test('into a loop is its feedback', () => {
    const feedback = { dataType: 'B', id: 'B-1', name: 'item', output_types: ['Data'] }
    expect(read(edge({ ...source, output_types: ['JSON'] }, feedback))).toEqual({
      edges: [{ ...plain, field: undefined, feedback: 'item' }],
      warnings: [],
    })
  })

  test('that occurs twice counts once', () => {
    const other = edge({ ...source, name: 'other' }, target)
    expect(read(edge(source, target), { ...edge(source, target), id: 'again' }, other).edges).toHaveLength(2)
  })

  test('at a note is dropped', () => {
    expect(read({ source: 'note-1', target: 'B-1' }, { source: 'A-1', target: 'note-1' }).edges).toEqual([])
  })

  test('may end at a node called __proto__', () => {
    expect(read({ ...edge(source, { ...target, fieldName: 'constructor' }), target: '__proto__' }).edges).toEqual([
      { ...plain, target: 2, field: 'constructor' },
    ])
  })
})

describe('types that do not meet', () => {
  test('are a warning', () => {
    const { edges, warnings } = read(
      edge({ ...source, output_types: ['Data'] }, { ...target, inputTypes: ['Message'] }),
    )
    expect(edges).toHaveLength(1)
    expect(warnings).toEqual(['The edge from A-1 to B-1 joins types that do not meet: Data and Message.'])
  })

  test.each([
    [['Data'], { ...target, inputTypes: ['JSON'] }],
    [['DataFrame'], { ...target, inputTypes: ['Table'] }],
    [['Text'], { ...target, inputTypes: ['Message'] }],
    [['str'], { ...target, inputTypes: ['Message'], type: 'str' }],
    [['Data'], { ...target, inputTypes: null }],
    [['Data'], { ...target, inputTypes: [] }],
    [[], target],
  ])('%j meet %j', (output_types, to) => {
    expect(read(edge({ ...source, output_types }, to)).warnings).toEqual([])
  })
})

describe('an edge that cannot be run', () => {
  test.each([
    ['to nowhere', { ...edge(source, target), target: 'C-1' }, /^Vertex C-1 not found: an edge at A-1 leads/],
    [
      'from nowhere',
      { ...edge(source, target), source: 'constructor' },
      /^Vertex constructor not found: an edge at B-1/,
    ],
    ['without an end', edge(source, target) && { target: 'B-1' }, /^Vertex undefined not found/],
    ['with a broken source', edge('{œ', target), /from A-1 to B-1 has a sourceHandle that cannot be read/],
    ['with a broken target', edge(source, 'x'), /from A-1 to B-1 has a targetHandle that cannot be read/],
    ['without handles', { source: 'A-1', target: 'B-1' }, /sourceHandle that cannot be read/],
    ['with a target that names nothing', edge(source, { id: 'B-1' }), /targetHandle that cannot be read/],
  ])('%s is named', (_, bad, message) => {
    expect(() => read(bad)).toThrow(
      expect.objectContaining({ code: 'flow_invalid', message: expect.stringMatching(message) }),
    )
  })
})
