import { catalog } from '@runnel/components/catalog'
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

async function built(env: Readonly<Record<string, string>>, named = false) {
  const server = await testApp({ user: 'ada', components: [...catalog, asking], env })
  try {
    const ada = buildCalls(server, { 'x-api-key': server.apiKey })
    const data = flow({ a: asking })
    const field = Object(data.nodes[0]).data.node.template.text
    if (named) Object.assign(field, { value: 'PROVIDER_ADDRESS', load_from_db: true })
    const records = await ada.build(await ada.store(data), {})
    return { events: outline(records), node: JSON.stringify(buildsOf(records, 'Asking-a')) }
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
  const { events, node } = await built({ PROVIDER_ADDRESS: 'http://models.test' }, true)
  expect(events).toContain('failed Asking-a')
  expect(node).toContain('PROVIDER_ADDRESS variable not found.')
})
