import { catalog } from '@runnel/components/catalog'
import { updateNode } from '@runnel/protocol/editing'
import { createFlow } from '@runnel/protocol/flows'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { describeComponent } from '@runnel/sdk'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component, echoFlow, graphOf } from '../test-flows.ts'

const open: TestApp[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

async function start() {
  const server = await testApp({ user: 'ada', components: catalog })
  open.push(server)
  const data = graphOf(echoFlow())
  const { id } = await server.client.call(createFlow, { body: { name: 'Echo', data } })
  const bob = await server.person('bob')
  await bob.client.call(createFlow, { body: { name: 'Of Bob', data } })
  const update = (node: JsonObject, field: string, field_value: unknown) =>
    server.client.call(updateNode, {
      body: {
        code: '',
        field,
        field_value,
        template: isObject(node.template) ? node.template : {},
        frontend_node: node,
      },
    })
  return { id, update }
}
const described = (type: string): JsonObject => ({ ...describeComponent(component(type)), type })
const templateOf = ({ template }: JsonObject) => (isObject(template) ? template : {})

test('a node that runs a flow offers those of its user, and becomes like the chosen one', async () => {
  const { id, update } = await start()
  const node = await update(described('RunFlow'), 'flow_name_selected', 'Echo')
  expect(templateOf(node)).toMatchObject({
    flow_name_selected: { value: 'Echo', options: ['Echo'], options_metadata: [{ id }], selected_metadata: { id } },
    flow_id_selected: { value: id },
    'ChatInput-ask~input_value': { display_name: 'Input Text (Chat Input)', name: 'ChatInput-ask~input_value' },
  })
  expect(node.outputs).toMatchObject([{ name: 'ChatOutput-say~message', types: ['Message'] }])
})

test('what was set of the chosen flow is kept until another is chosen', async () => {
  const { update } = await start()
  const chosen = await update(described('RunFlow'), 'flow_name_selected', 'Echo')
  const template = templateOf(chosen)
  const field = template['ChatInput-ask~input_value']
  const filled = { ...template, 'ChatInput-ask~input_value': { ...(isObject(field) ? field : {}), value: 'hi' } }
  const again = await update({ ...chosen, template: filled }, 'cache_flow', true)
  expect(templateOf(again)).toMatchObject({ 'ChatInput-ask~input_value': { value: 'hi' } })
  const none = await update(again, 'flow_name_selected', '')
  expect(Object.keys(templateOf(none)).filter((name) => name.includes('~'))).toEqual([])
})

test('older nodes that run a flow have its fields too', async () => {
  const { update } = await start()
  const node = await update(described('SubFlow'), 'flow_name', 'Echo')
  expect(templateOf(node)).toHaveProperty('ChatInput-ask|input_value')
  expect(node.outputs).toMatchObject([{ name: 'flow_outputs' }])
  const tool = templateOf(await update(described('FlowTool'), 'flow_name', 'Echo'))
  expect(tool).toMatchObject({ flow_name: { value: 'Echo', options: ['Echo'] } })
  expect(Object.keys(tool).filter((name) => name.includes('|'))).toEqual([])
})

test('a router has an output for each of its routes', async () => {
  const { update } = await start()
  const node = described('SmartRouter')
  expect(node.outputs).toMatchObject([{ display_name: 'Positive' }, { display_name: 'Negative' }])
  const changed = await update(node, 'routes', [{ route_category: 'Only' }])
  expect(changed.outputs).toMatchObject([{ name: 'category_1_result', display_name: 'Only' }])
  const withElse = await update(changed, 'enable_else_output', true)
  expect(withElse.outputs).toMatchObject([{ name: 'category_1_result' }, { name: 'default_result' }])
})
