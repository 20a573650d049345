import { catalog } from '@runnel/components/catalog'
import type { JsonObject } from '@runnel/protocol/json'
import { defineComponent, field, message } from '@runnel/sdk'
import { flow } from '@runnel/testing/flow-builder'
import { expect, test } from 'vitest'
import { testApp } from '../test-app.ts'
import { buildCalls, buildsOf, outline } from './test-build.ts'

/** Asks for a variable itself, as components ask for the address of a provider. */
const asking = defineComponent({
  type: 'Asking',
  displayName: 'Asking',
  description: 'Asks.',
  icon: '',
  category: 'tests',
  inputs: { text: field.text({ label: 'Text' }) },
  outputs: {
    out: {
      type: 'Message',
      label: 'Out',
      method: 'out',
      run: async ({ context }) => message((await context.variables.get('PROVIDER_ADDRESS')) ?? 'nothing'),
    },
  },
})

async function built(env: Readonly<Record<string, string>>, named = false, body: JsonObject = {}) {
  const server = await testApp({ user: 'ada', components: [...catalog, asking], env })
  try {
    const ada = buildCalls(server, { 'x-api-key': server.apiKey })
    const data = flow({ a: asking })
    const field = Object(data.nodes[0]).data.node.template.text
    if (named) Object.assign(field, { value: 'PROVIDER_ADDRESS', load_from_db: true })
    const records = await ada.build(await ada.store(data), body)
    const errors = records
      .filter(({ event }) => event === 'error')
      .map(({ data: { text, properties } }) => ({ id: Object(properties).source.id, text }))
    return { errors, events: outline(records), node: JSON.stringify(buildsOf(records, 'Asking-a')) }
  } finally {
    await server.close()
  }
}

test('a component finds what it asks for in the environment, as in a run', async () => {
  expect((await built({ PROVIDER_ADDRESS: 'http://models.test' })).node).toContain('http://models.test')
})

test('not so where the operator forbids it', async () => {
  const env = { PROVIDER_ADDRESS: 'http://models.test', LANGFLOW_FALLBACK_TO_ENV_VAR: 'false' }
  expect((await built(env)).node).toContain('nothing')
})

test('a field that names a variable reads stored ones alone', async () => {
  const { events, errors } = await built({ PROVIDER_ADDRESS: 'http://models.test' }, true)
  expect(events).toEqual(['error', 'end'])
  expect(errors).toEqual([
    {
      id: 'Asking-a',
      text: 'Asking: PROVIDER_ADDRESS variable not found, which Text names. Add it, or choose another.',
    },
  ])
})

test('a variable of the build itself is enough', async () => {
  const { events } = await built({}, true, { variables: { provider_address: 'http://models.test' } })
  expect(events).toContain('built Asking-a')
})
