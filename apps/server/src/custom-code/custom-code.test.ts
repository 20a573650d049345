import { ClientError } from '@runnel/client'
import { catalog } from '@runnel/components/catalog'
import { describeNode, updateNode, validateCode } from '@runnel/protocol/editing'
import { AppError } from '@runnel/protocol/errors'
import { createFlow } from '@runnel/protocol/flows'
import type { JsonObject } from '@runnel/protocol/json'
import { runFlow } from '@runnel/protocol/runs'
import { defineComponent, describeComponent, field, message, type Tool } from '@runnel/sdk'
import { flow, type NodeSpec } from '@runnel/testing/flow-builder'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, type TestPerson, testApp } from '../test-app.ts'
import { component } from '../test-flows.ts'

/** Calls the first tool it is given, as an agent would. */
const caller = defineComponent({
  type: 'Caller',
  displayName: 'Caller',
  description: 'Calls a tool.',
  icon: '',
  category: '',
  inputs: { tools: field.handle({ label: 'Tools', accepts: ['Tool'], list: true }) },
  outputs: {
    said: {
      type: 'Message',
      label: 'Said',
      method: 'said',
      async run({ inputs, context }) {
        const [tool] = inputs.tools as readonly Tool[]
        const given = await tool?.call({ text: 'from a tool' }, context.signal)
        return message(`${tool?.name}(${Object.keys(tool?.inputSchema.properties ?? {})}): ${JSON.stringify(given)}`)
      },
    },
  },
})

let server: TestApp
beforeAll(async () => {
  server = await testApp({ user: 'ada', components: [...catalog, caller], env: { RUNNEL_USER_CODE_SECONDS: '1' } })
})
afterAll(() => server.close())

const shout = (
  body = "inputs.text.toUpperCase() + '!'.repeat(inputs.times)",
) => `import { defineComponent, field } from 'runnel'

export default defineComponent({
  displayName: 'Shout',
  description: 'Makes a text loud.',
  icon: 'Megaphone',
  inputs: {
    text: field.text({ label: 'Text', tool: true }),
    times: field.int({ label: 'Times', default: 1 }),
  },
  outputs: {
    loud: { type: 'Message', label: 'Loud', info: 'Shouts.', run: ({ inputs, context }) => ${body} },
    facts: { type: 'Data', label: 'Facts', run: ({ inputs }) => ({ length: inputs.text.length }) },
  },
})
`
const read = async (code: string, frontend_node: JsonObject | null = null) =>
  (await server.client.call(describeNode, { query: {}, body: { code, frontend_node } })).data
const templateOf = (node: JsonObject) => node.template as Record<string, JsonObject>
const customComponent = component('CustomComponent')

/** Runs a flow around a node, as the editor would save it. */
async function answer(node: JsonObject, { person = server as Pick<TestPerson, 'client'> } = {}) {
  const nodes: Record<string, NodeSpec> = {
    ask: component('ChatInput'),
    own: { component: customComponent, node },
    say: component('ChatOutput'),
  }
  const data = flow(nodes, ['ask.message -> own.text', 'own.loud -> say.input_value'])
  return answerOf(data, person)
}
async function answerOf(data: unknown, { client }: Pick<TestPerson, 'client'> = server): Promise<string> {
  const { id } = await client.call(createFlow, { body: { name: 'Own code', data: data as JsonObject } })
  const answered = await client.call(runFlow, {
    params: { flow_id_or_name: id },
    query: {},
    body: { input_value: 'hello' },
  })
  const found = JSON.stringify(answered).match(/"text":"((?:[^"\\]|\\.)*)"/)?.[1] ?? ''
  return JSON.parse(`"${found}"`)
}

/** What a run that failed says. */
async function failure(running: Promise<unknown>): Promise<string> {
  const error: unknown = await running.then(
    () => new Error('It did not fail'),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ClientError)) throw error
  return JSON.parse(String(error.detail)).message
}

describe('a component in TypeScript', () => {
  test.each(['', 'defineComponent({})', 'class Shout(Component):\n    pass\n'])(
    'cannot become what is none: %j',
    async (code) => {
      await expect(read(code, { ...(await read(shout())), type: 'CustomComponent' })).rejects.toMatchObject({
        status: 400,
        detail: expect.stringContaining('write it in TypeScript'),
      })
    },
  )

  test('is described by its source', async () => {
    const node = await read(shout())
    expect(node).toMatchObject({
      display_name: 'Shout',
      icon: 'Megaphone',
      description: 'Makes a text loud.',
      edited: true,
    })
    expect(Object.keys(templateOf(node))).toEqual(['_type', 'text', 'times', 'code'])
    expect(templateOf(node)).toMatchObject({
      text: { _input_type: 'MessageTextInput', tool_mode: true, input_types: ['Message'] },
      times: { type: 'int', value: 1 },
      code: { value: shout() },
    })
    expect(node.outputs).toMatchObject([
      { name: 'loud', types: ['Message'], display_name: 'Loud' },
      { name: 'facts', types: ['Data', 'JSON'] },
    ])
  })

  test('that is new is described by its source as the sidebar describes it', async () => {
    const described = { ...describeComponent(customComponent), edited: true }
    expect(await read(customComponent.code ?? '')).toEqual(JSON.parse(JSON.stringify(described)))
  })

  test('keeps values over edits, and loses the fields that are gone', async () => {
    const first = await read(shout())
    const template = { ...templateOf(first), times: { ...templateOf(first).times, value: 5 } }
    const edited = shout().replace(
      "text: field.text({ label: 'Text', tool: true })",
      "words: field.text({ label: 'Words' })",
    )
    const second = await read(edited.replace("'Shout'", "'Shout louder'"), { ...first, template })
    expect(second.display_name).toBe('Shout louder')
    expect(Object.keys(templateOf(second))).toEqual(['_type', 'words', 'times', 'code'])
    expect(templateOf(second).times?.value).toBe(5)
    const retyped = await read(shout().replace('field.int({', 'field.float({'), { ...first, template })
    expect(templateOf(retyped).times).toMatchObject({ type: 'float', value: 1 })
  })

  test('is checked without running', async () => {
    const check = (code: string) => server.client.call(validateCode, { body: { code } })
    await expect(check(`${shout()}\nfor (;;);`)).resolves.toEqual({ imports: { errors: [] }, function: { errors: [] } })
    await expect(check(`${shout()}\nlet a = ;`)).resolves.toMatchObject({
      function: { errors: ['Expression expected (<unknown>, line 17)'] },
    })
    await expect(check(`import fs from 'node:fs'\n${shout()}`)).resolves.toMatchObject({
      imports: { errors: ["No module named 'node:fs'. A component may import 'runnel' alone."] },
    })
  })

  test('that cannot be read is refused with a sentence', async () => {
    const reading = read("export default { displayName: 'X', outputs: {} }")
    await expect(reading).rejects.toMatchObject({ status: 400, detail: 'The component needs at least one output.' })
    await expect(read('for (;;);\nexport default {}')).rejects.toMatchObject({
      status: 400,
      detail: 'The code computed for more than 1 seconds and was stopped.',
    })
  })

  test('runs as a node of a flow, with the values of its fields', async () => {
    const node = await read(shout())
    const template = { ...templateOf(node), times: { ...templateOf(node).times, value: 3 } }
    await expect(answer({ ...node, template })).resolves.toBe('HELLO!!!')
  })

  test('is a tool for agents in tool mode', async () => {
    const node = await read(shout())
    const body = {
      code: shout(),
      field: 'tool_mode',
      field_value: true,
      template: templateOf(node),
      frontend_node: node,
    }
    const switched = await server.client.call(updateNode, { query: {}, body })
    expect(switched.outputs).toMatchObject([{ name: 'component_as_tool', types: ['Tool'] }])
    const nodes = { own: { component: customComponent, node: switched }, call: caller, say: component('ChatOutput') }
    const data = JSON.parse(
      JSON.stringify(flow(nodes, ['own.output -> call.tools', 'call.said -> say.input_value'])).replaceAll(
        'œnameœ:œoutputœ',
        'œnameœ:œcomponent_as_toolœ',
      ),
    )
    for (const { data: ends } of data.edges)
      if (ends.sourceHandle.name === 'output') ends.sourceHandle.name = 'component_as_tool'
    await expect(answerOf(data)).resolves.toMatch(/^loud\(text\): .*"text":"FROM A TOOL!"/)
  })

  test.each([
    ['computes too long', '{ for (;;); }', 'The code computed for more than 1 seconds and was stopped.'],
    [
      'returns something else',
      '({ a: 1 })',
      'The output "loud" promises a Message: a text, but run returned {\'a\': 1}.',
    ],
    ['throws', "{ throw new Error('no luck') }", 'Line 12: no luck'],
    [
      'calls a server of the inside',
      "context.fetchText('http://127.0.0.1:1/')",
      new AppError('address_refused', ['127.0.0.1:1']).message,
    ],
  ])('that %s fails its node with a sentence that names it', async (_, body, why) => {
    const node = await read(shout())
    const template = { ...templateOf(node), code: { ...templateOf(node).code, value: shout(body) } }
    expect(await failure(answer({ ...node, template }))).toBe(
      `Error running graph: Error building Component Shout: \n\n${why}`,
    )
  })
})

describe('Python', () => {
  const python = 'from langflow.custom import Component\n\nclass Own(Component):\n    pass\n'
  test.each([
    ['CustomComponent', 'It is written in Python, which is kept with the flow and never run. Replace the node'],
    ['PythonREPLComponent', 'Use JavaScript Interpreter instead.'],
  ])('in a node of type %s is not run, and the node says what to use', async (type, sentence) => {
    const node = await read(shout())
    const template = { ...templateOf(node), code: { ...templateOf(node).code, value: python } }
    const nodes = { own: { component: customComponent, node: { ...node, template } }, say: component('ChatOutput') }
    const data = JSON.stringify(flow(nodes, ['own.output -> say.input_value'])).replaceAll('CustomComponent', type)
    await expect(answerOf(JSON.parse(data))).rejects.toMatchObject({ message: expect.stringContaining(sentence) })
  })

  test('in a node of a type that is here changes nothing', async () => {
    const node = { ...describeComponent(component('ChatInput')) } as JsonObject
    const template = { ...templateOf(node), code: { ...templateOf(node).code, value: python } }
    const nodes = { ask: { component: component('ChatInput'), node: { template } }, say: component('ChatOutput') }
    await expect(answerOf(flow(nodes, ['ask.message -> say.input_value']))).resolves.toBe('hello')
  })
})

test('a JavaScript Interpreter prints', async () => {
  const interpreter = { component: component('JavaScriptInterpreter'), set: { javascript_code: 'console.log(6 * 7)' } }
  const nodes = { own: interpreter, say: component('ChatOutput') }
  await expect(answerOf(flow(nodes, ['own.results -> say.input_value']))).resolves.toContain('"result": "42"')
})

describe('the operator', () => {
  test('can switch code of users off', async () => {
    const other = await testApp({
      user: 'ada',
      components: catalog,
      env: { LANGFLOW_ALLOW_CUSTOM_COMPONENTS: 'false' },
    })
    const reading = other.client.call(describeNode, { query: {}, body: { code: shout() } })
    await expect(reading).rejects.toMatchObject({ status: 403, detail: expect.stringContaining('switched off') })
    const node = await read(shout())
    await expect(answer(node, { person: other })).rejects.toMatchObject({
      message: expect.stringContaining('Custom components are switched off on this server.'),
    })
    await other.close()
  })

  test('can leave it to superusers', async () => {
    const env = { LANGFLOW_CUSTOM_COMPONENT_ADMIN_ONLY: 'true' }
    const other = await testApp({ user: 'root', superuser: true, components: catalog, env })
    const bob = await other.person('bob')
    const node = await read(shout())
    await expect(answer(node, { person: other })).resolves.toBe('HELLO!')
    await expect(answer(node, { person: bob })).rejects.toMatchObject({
      message: expect.stringContaining('only superusers may use custom components'),
    })
    await other.close()
  })
})
