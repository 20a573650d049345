import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '@runnel/components/catalog'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { describe, expect, test } from 'vitest'
import { compileGraph } from './compile-graph.ts'
import { createRegistry } from './registry.ts'

const SHARED = join(import.meta.dirname, '../../../../shared')

interface Counted {
  readonly nodes: number
  readonly edges: number
}

/** Counts as a reader of the file would: notes left out, the inside of groups in their place, equal edges once. */
function count(nodes: readonly JsonObject[], edges: readonly JsonObject[]): Counted {
  const steps = nodes.filter((node) => node.type !== 'noteNode')
  const ids = new Set(steps.map(({ id }) => id))
  const real = new Set(
    edges
      .filter(({ source, target }) => ids.has(source) && ids.has(target))
      .map(({ source, target, data }) => JSON.stringify([source, target, data])),
  )
  return steps.reduce<Counted>(
    (sum, node) => {
      const flow = (node.data as { node: JsonObject }).node.flow as {
        data?: { nodes: JsonObject[]; edges: JsonObject[] }
      }
      if (!flow?.data) return { nodes: sum.nodes + 1, edges: sum.edges }
      const inner = count(flow.data.nodes, flow.data.edges)
      return { nodes: sum.nodes + inner.nodes, edges: sum.edges + inner.edges }
    },
    { nodes: 0, edges: real.size },
  )
}

for (const folder of ['flows', 'flows-1.13']) {
  const path = join(SHARED, folder)
  describe.skipIf(!existsSync(path))(`the flows of ${folder} (skipped where ${path} is missing)`, () => {
    const files = existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : []

    test.each(files)('%s compiles, known or unknown', (name) => {
      const file: unknown = JSON.parse(readFileSync(join(path, name), 'utf8'))
      if (!isObject(file) || !isObject(file.data)) throw new Error(`${name} is no flow`)
      const { nodes, edges } = file.data as { nodes: JsonObject[]; edges: JsonObject[] }
      for (const components of [[], catalog]) {
        const graph = compileGraph(file.data, createRegistry(components))
        expect({ nodes: graph.nodes.length, edges: graph.edges.length }).toEqual(count(nodes, edges))
        expect(graph.warnings).toEqual([])
      }
    })

    test('are some', () => {
      expect(files.length).toBeGreaterThan(5)
    })
  })
}
