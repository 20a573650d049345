import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '@runnel/components/catalog'
import { createRegistry } from '@runnel/engine/registry'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FlowFile, type FlowServer, flowServer } from './test-flow-server.ts'

// Starter flows of Langflow itself, which lie beside a checkout where somebody put them.
const SHARED = join(import.meta.dirname, '../../shared')

/** What must have reached a model, or the answer, by way of a store. */
const retrieved: Readonly<Record<string, string>> = {
  'flows/Hybrid Search RAG.json': 'Rivers carried 42 boats.',
  'flows-1.13/Knowledge Retrieval.json': 'Rivers carried 42 boats.',
  'flows-1.13/Vector Store RAG.json': 'Rivers carried 42 boats.',
}

const { resolve } = createRegistry(catalog)
const unknownIn = ({ data }: FlowFile): readonly string[] =>
  data.nodes.flatMap((node) => {
    const { type, node: described } = Object(node.data)
    return Object(node).type === 'noteNode' || resolve(type, Object(described)) ? [] : [String(type)]
  })

const hasOutput = ({ data }: FlowFile): boolean => data.nodes.some(({ data }) => Object(data).type === 'ChatOutput')

for (const folder of ['flows', 'flows-1.13']) {
  const path = join(SHARED, folder)
  describe.skipIf(!existsSync(path))(`the flows of ${folder} (skipped where ${path} is missing)`, () => {
    let server: FlowServer
    beforeAll(async () => {
      server = await flowServer()
    })
    afterAll(() => server?.[Symbol.asyncDispose]())

    test.each(existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.json')) : [])(
      '%s is imported and runs',
      async (name) => {
        const file: FlowFile = JSON.parse(readFileSync(join(path, name), 'utf8'))
        const { status, said } = await server.run(await server.add(file), 'Tell me about rivers.')
        const [unknown] = unknownIn(file)
        if (status === 500 && unknown !== undefined) {
          expect(said).toMatch(/Component type .+ is not available in this engine/)
        } else
          expect({ status, said }).toEqual({ status: 200, said: expect.stringMatching(hasOutput(file) ? /\S/ : '') })
        expect(said + server.told()).toContain(retrieved[`${folder}/${name}`] ?? '')
      },
    )
  })
}
