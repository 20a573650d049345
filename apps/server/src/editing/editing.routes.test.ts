import { catalog } from '@runnel/components/catalog'
import { describeNode, updateNode, validateCode, validatePrompt } from '@runnel/protocol/editing'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { createVariable } from '@runnel/protocol/variables'
import { describeComponent } from '@runnel/sdk'
import { afterEach, expect, test } from 'vitest'
import { type TestApp, testApp } from '../test-app.ts'
import { component } from '../test-flows.ts'

const open: TestApp[] = []
const start = async () => {
  const made = await testApp({ user: 'ada', components: catalog })
  open.push(made)
  return made
}
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

/** A new node of the component, its fields set. */
function nodeOf(type: string, values: Readonly<Record<string, unknown>> = {}) {
  const described = describeComponent(component(type))
  const template = { ...described.template } as Record<string, JsonObject>
  for (const [name, value] of Object.entries(values)) template[name] = { ...template[name], value }
  return { ...described, template }
}
const templateOf = (node: JsonObject) => {
  if (!isObject(node.template)) throw new Error('The answer has no template')
  return node.template as Record<string, JsonObject | undefined>
}

test('source is checked without running it', async () => {
  const { client } = await start()
  const check = (code: string) => client.call(validateCode, { body: { code } })
  await expect(check('from nowhere import x\nclass A(Component):\n    pass\n')).resolves.toEqual({
    imports: { errors: [] },
    function: { errors: [] },
  })
  await expect(check('def run(self)\n    pass')).resolves.toMatchObject({
    function: { errors: ["expected ':' (<unknown>, line 1)"] },
  })
})

test('a prompt gives its node a field for each variable, and takes those that vanished', async () => {
  const { client } = await start()
  const check = (template: string, frontend_node: JsonObject) =>
    client.call(validatePrompt, { body: { name: 'template', template, frontend_node } })
  const first = await check('Hello {name}, {thing}, {name}! {{json}}', nodeOf('Prompt'))
  expect(first.input_variables).toEqual(['name', 'thing'])
  const node = first.frontend_node ?? {}
  expect(node.custom_fields).toEqual({ template: ['name', 'thing'] })
  expect(templateOf(node).name).toMatchObject({ type: 'str', multiline: true, input_types: ['Message'], value: '' })

  const template = { ...templateOf(node), name: { ...templateOf(node).name, value: 'Ada' } }
  const second = await check('Bye {name} and {other}', { ...node, template })
  expect(second.input_variables).toEqual(['name', 'other'])
  expect(templateOf(second.frontend_node ?? {})).toMatchObject({ name: { value: 'Ada' }, other: { name: 'other' } })
  expect(templateOf(second.frontend_node ?? {})).not.toHaveProperty('thing')
  expect(second.frontend_node).toHaveProperty('custom_fields.template', ['name', 'other'])
})

test('the variables of a prompt are told without a node too, in either spelling', async () => {
  const { client } = await start()
  const check = (template: string, mustache = false) =>
    client.call(validatePrompt, { body: { name: 'template', template, mustache } })
  await expect(check('a {b}')).resolves.toEqual({ input_variables: ['b'], frontend_node: null })
  await expect(check('a {b} {{c}}', true)).resolves.toEqual({ input_variables: ['c'], frontend_node: null })
  await expect(check('{first-name}')).resolves.toEqual({ input_variables: ['first-name'], frontend_node: null })
  await expect(check('none')).resolves.toEqual({ input_variables: [], frontend_node: null })
})

test.each([
  ['{user name}', 'Fixed variables: user_name.'],
  ['{a.b} {c[0]}', 'Invalid variables: a.b, c[0].'],
  ['{ name }', 'Fixed variables: name.'],
  ['{1st-name}', 'Fixed variables: _1st-name.'],
  ['{code}', 'reserved'],
  ['{template}', 'reserved'],
])('a prompt with %s is refused', async (template, why) => {
  const { client } = await start()
  await expect(client.call(validatePrompt, { body: { name: 'template', template } })).rejects.toMatchObject({
    status: 400,
    detail: expect.stringContaining(why),
  })
})

test('source that names a known component gives its node, with the values that were set', async () => {
  const { client } = await start()
  const code = 'class Anything(Component):\n    name = "ChatInput"\n'
  const frontend_node = nodeOf('ChatInput', { sender_name: 'Ada' })
  const { type, data } = await client.call(describeNode, { body: { code, frontend_node } })
  expect(type).toBe('ChatInput')
  expect(data).toMatchObject({ display_name: 'Chat Input', outputs: [{ name: 'message' }] })
  expect(templateOf(data)).toMatchObject({ sender_name: { value: 'Ada' }, code: { value: code } })
})

test('Python components are refused in words, and nothing of them runs', async () => {
  const { client } = await start()
  const code = 'raise SystemExit\nclass MyOwn(Component):\n    pass\n'
  const refusal = { status: 400, detail: expect.stringContaining('no component of its own named MyOwn') }
  await expect(client.call(describeNode, { body: { code } })).rejects.toMatchObject(refusal)
  const body = { code, field: 'x', field_value: 1, template: {} }
  await expect(client.call(updateNode, { body })).rejects.toMatchObject(refusal)
})

test('a changed field brings the fields it calls for, and takes them back', async () => {
  const { client } = await start()
  const update = (template: JsonObject, field_value: unknown) =>
    // As Langflow's editor sends it: neither type nor node.
    client.call(updateNode, { body: { code: '', field: 'mode', field_value, template } })
  const node = nodeOf('ParserComponent', { sep: ' | ' })
  const stringify = templateOf(await update(node.template, 'Stringify'))
  expect(stringify).toMatchObject({ mode: { value: 'Stringify' }, sep: { value: ' | ' }, clean_data: { type: 'bool' } })
  const parser = templateOf(await update({ ...stringify, extra: { type: 'str', value: 'kept' } }, 'Parser'))
  expect(parser).toMatchObject({ mode: { value: 'Parser' }, extra: { value: 'kept' } })
  expect(parser).not.toHaveProperty('clean_data')
})

test('a field whose value is left out is described anew as it stands', async () => {
  const { client } = await start()
  const { template } = nodeOf('ParserComponent', { sep: ' | ' })
  const described = await client.call(updateNode, { body: { code: '', field: 'sep', template } })
  expect(templateOf(described)).toMatchObject({ sep: { value: ' | ' } })
})

test('what the user has chosen of a field and of a node stays', async () => {
  const { client } = await start()
  const node = nodeOf('ChatInput')
  const template = { ...node.template, sender: { ...node.template.sender, advanced: false } }
  const frontend_node = { ...node, template, display_name: 'Question', key: 'ChatInput' }
  const body = { code: '', field: 'sender', field_value: 'Machine', template, frontend_node }
  const updated = await client.call(updateNode, { body })
  expect(updated).toMatchObject({ display_name: 'Question', tool_mode: false })
  expect(templateOf(updated).sender).toMatchObject({ value: 'Machine', advanced: false })
})

test('tool mode gives a node one output and its rows of tools, and can be left again', async () => {
  const { client } = await start()
  const node = nodeOf('CalculatorComponent')
  const set = (template: JsonObject, on: boolean) =>
    client.call(updateNode, { body: { code: '', field: 'tool_mode', field_value: on, template, tool_mode: on } })
  const tool = await set(node.template, true)
  expect(tool).toMatchObject({ tool_mode: true, outputs: [{ name: 'component_as_tool', types: ['Tool'] }] })
  const rows = templateOf(tool).tools_metadata?.value
  expect(rows).toEqual([expect.objectContaining({ tags: ['evaluate_expression'], status: true })])
  const plain = await set(templateOf(tool), false)
  expect(plain.outputs).toEqual(node.outputs)
  expect(templateOf(plain)).not.toHaveProperty('tools_metadata')
})

test('model fields offer the models of providers there is a key for', async () => {
  const { client } = await start()
  const { template } = nodeOf('LanguageModelComponent')
  const body = { code: '', field: 'model', field_value: '', template }
  const offered = async () => templateOf(await client.call(updateNode, { body })).model?.options as JsonObject[]
  expect(await offered()).toEqual([])
  await client.call(createVariable, { body: { name: 'ANTHROPIC_API_KEY', value: 'sk-x' } })
  expect(new Set((await offered()).map(({ provider }) => provider))).toEqual(new Set(['Anthropic']))
})

test('another spelling of variables gives a prompt other fields', async () => {
  const { client } = await start()
  const { template } = nodeOf('Prompt', { template: 'Hello {name} and {{other}}' })
  const spell = (doubled: boolean, given: JsonObject) =>
    client.call(updateNode, {
      body: { code: '', field: 'use_double_brackets', field_value: doubled, template: given },
    })
  const single = await spell(false, template)
  expect(single.custom_fields).toEqual({ template: ['name'] })
  expect(templateOf(single)).toMatchObject({ name: { type: 'str' }, template: { type: 'prompt' } })
  const doubled = await spell(true, templateOf(single))
  expect(doubled.custom_fields).toEqual({ template: ['other'] })
  expect(templateOf(doubled)).toMatchObject({ other: { type: 'str' }, template: { type: 'mustache' } })
  expect(templateOf(doubled)).not.toHaveProperty('name')
})
