import { expect, test } from 'vitest'
import { readDocument } from '../model/flow-document.ts'
import { graphOfThen } from './graph-of-then.ts'

const graph = (id: string, template: Record<string, unknown>) =>
  readDocument({
    nodes: [{ id, position: { x: 0, y: 0 }, data: { id, type: 'M', node: { template, outputs: [] } } }],
    edges: [],
  })

test('a past graph runs with the secrets and the code of now, and with everything else of then', () => {
  const then = graph('a', {
    key: { type: 'str', password: true, value: null },
    variable: { type: 'str', password: true, load_from_db: true, value: 'NAME' },
    code: { type: 'code', value: '' },
    text: { type: 'str', value: 'then' },
  })
  const now = graph('a', {
    key: { type: 'str', password: true, value: 'sk-1' },
    variable: { type: 'str', password: true, load_from_db: true, value: 'OTHER' },
    code: { type: 'code', value: 'class A' },
    text: { type: 'str', value: 'now' },
  })
  const values = (document: typeof then) =>
    Object.values(document.nodes[0]?.data.node.template ?? {}).map(({ value }) => value)
  expect(values(graphOfThen(then, now))).toEqual(['sk-1', 'NAME', 'class A', 'then'])
  expect(values(graphOfThen(then, graph('b', {})))).toEqual([null, 'NAME', '', 'then'])
})
