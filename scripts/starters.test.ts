import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalog } from '@runnel/components/catalog'
import { compileGraph } from '@runnel/engine/compile-graph'
import { createMemoryPorts } from '@runnel/engine/ports'
import { createRegistry } from '@runnel/engine/registry'
import { runFlow } from '@runnel/engine/run-flow'
import { createOverlay, inputNodes, startNode } from '@runnel/engine/run-inputs'
import { isMessage } from '@runnel/sdk'
import { providerServer, reply } from '@runnel/testing/provider-server'
import { expect, test } from 'vitest'

const FOLDER = join(import.meta.dirname, '../starters')
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'))

test('the starters are as their specifications and the catalogue say', () => {
  execFileSync(process.execPath, [join(import.meta.dirname, 'starters.ts'), '--check'])
})

test.each(files)('%s runs as it is, with nothing but a key', async (file) => {
  const { data } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))
  const graph = compileGraph(data, createRegistry(catalog))
  expect(graph.warnings).toEqual([])
  const content = 'The model says so.'
  await using provider = await providerServer(
    reply({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] }),
  )
  const environment: Record<string, string> = { OPENAI_API_KEY: 'sk-x', OPENAI_BASE_URL: `${provider.url}/v1` }
  const ports = createMemoryPorts({
    environment: (name) => environment[name],
    newId: () => crypto.randomUUID(),
    readFile: () => Promise.reject(new Error('no files')),
  })
  const start = startNode(graph)
  const hook = { title: 'News', body: 'Much has happened.' }
  const request = {
    runId: 'r',
    flowId: 'f',
    userId: null,
    sessionId: 's',
    sessionFields: 'all' as const,
    inputValues: new Map(inputNodes(graph, 'chat').map((node) => [node.index, 'A refund, please.\n\nAnd thanks.'])),
    inputFiles: [],
    overlay: createOverlay(graph, { Webhook: { data: JSON.stringify(hook) } }, false),
    requestVariables: new Map(),
    environmentFallback: true,
    ...(start !== undefined && { start }),
    failFast: true,
    cacheAll: false,
  }
  let said: unknown
  for await (const events of runFlow(graph, request, ports, new AbortController().signal)) {
    const end = events.at(-1)
    if (end?.type === 'run-end')
      said = [...end.results.values()].find(({ node }) => node.type === 'ChatOutput')?.outputs.get('message')
  }
  expect(isMessage(said) && said.text).toContain(content)
  expect(provider.requests.length).toBeGreaterThan(0)
})
