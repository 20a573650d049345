import type { JsonObject } from '@runnel/protocol/json'
import { type Component, data, dataFrame, describeComponent, type SandboxPort, type SandboxProgram } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { describe, expect, test } from 'vitest'
import { readUserComponent } from '../shared/user-component.ts'
import { customComponent } from './custom-component.ts'

/** A sandbox in which every code returns this. */
function returning(value: unknown) {
  const programs: SandboxProgram[] = []
  const sandbox: SandboxPort = {
    async run(program) {
      programs.push(program)
      return { value, logs: [{ name: 'seen', entry: 1 }] }
    },
  }
  return { sandbox, programs }
}

const code = "import { defineComponent } from 'runnel'\nexport default defineComponent({})"
const field = (kind: string, options: JsonObject = {}) => ({ kind, options: { label: 'A field', ...options } })
const said = (more: JsonObject = {}) => ({
  displayName: 'Mine',
  inputs: { text: field('text', { default: 'x' }) },
  outputs: { out: { type: 'Message', label: 'Out' } },
  ...more,
})
const withOutput = (type: string) => readUserComponent(said({ outputs: { out: { type, label: 'Out' } } }), code)

function ofNode(node: JsonObject): Component {
  const component = customComponent.ofNode?.(node)
  if (!component) throw new Error('The node is no component')
  return component
}

test('a new one gives its text back', async () => {
  const { sandbox, programs } = returning({ value: 'Hello, World!' })
  const { output, $logs } = await runComponent(customComponent, {}, { sandbox })
  expect(output).toEqual(data({ value: 'Hello, World!' }))
  expect($logs).toEqual([{ name: 'seen', entry: 1 }])
  expect(programs).toMatchObject([
    {
      source: customComponent.code,
      output: 'output',
      inputs: { input_value: 'Hello, World!' },
      context: { runId: 'run-1' },
    },
  ])
})

describe('a node of a file', () => {
  test('is the component its fields and outputs say, in tool mode too', () => {
    const written = readUserComponent(
      said({
        inputs: { text: field('text', { tool: true }), times: field('int', { default: 2 }), rows: field('data') },
      }),
      code,
    )
    const described = describeComponent(written)
    const shape = ({ displayName, inputs, outputs }: Component) => ({
      displayName,
      inputs: Object.entries(inputs).map(([name, { coercion, type }]) => [name, type, coercion]),
      outputs: Object.entries(outputs).map(([name, { type, label, method }]) => [name, type, label, method]),
    })
    expect(shape(ofNode(described as never))).toEqual(shape(written))
    const asTool = { ...described, outputs: [{ name: 'component_as_tool', method: 'to_toolkit', types: ['Tool'] }] }
    expect(shape(ofNode(asTool))).toEqual(shape(written))
  })

  test('written by hand has the outputs it shows', () => {
    const outputs = [{ name: 'out', display_name: 'Out', types: ['Data', 'JSON'] }]
    const node = ofNode({ template: { code: { value: code } }, outputs })
    expect(node.outputs.out).toMatchObject({ type: 'Data', label: 'Out', method: 'out' })
  })

  test('is none when its source is Python', () => {
    const python = 'from langflow.custom import Component\nclass Mine(Component):\n    pass'
    expect(customComponent.ofNode?.({ template: { code: { value: python } } })).toBeUndefined()
    expect(customComponent.ofNode?.({})).toBeUndefined()
  })
})

describe('what the code returns', () => {
  test.each([
    ['Message', 'hi', { kind: 'message', text: 'hi' }],
    ['Message', 7, { kind: 'message', text: '7' }],
    [
      'Message',
      { kind: 'message', text: 'hi', sender: 'AI', files: ['a'] },
      { text: 'hi', sender: 'AI', files: ['a'] },
    ],
    ['Data', { a: 1 }, data({ a: 1 })],
    ['Data', { kind: 'data', data: { a: 1 }, text_key: 'a' }, data({ a: 1 }, { text_key: 'a' })],
    ['Data', [{ a: 1 }, { b: 2 }], [data({ a: 1 }), data({ b: 2 })]],
    ['DataFrame', [{ a: 1 }], dataFrame([{ a: 1 }])],
    [
      'DataFrame',
      { kind: 'dataframe', rows: [{ a: 1 }], columns: ['a', 'b'] },
      dataFrame([{ a: 1 }], { columns: ['a', 'b'] }),
    ],
  ])('becomes a %s: %j', async (type, value, expected) => {
    const { out } = await runComponent(withOutput(type), {}, returning(value))
    expect(out).toMatchObject(expected as object)
  })

  test.each([
    ['Message', { a: 1 }, "promises a Message: a text, but run returned {'a': 1}."],
    ['Message', null, 'promises a Message: a text, but run returned None.'],
    ['Data', 'text', "promises Data: an object, or a list of objects, but run returned 'text'."],
    ['Data', [1], 'promises Data: an object, or a list of objects, but run returned [1].'],
    ['DataFrame', { a: 1 }, "promises a DataFrame: a list of objects, but run returned {'a': 1}."],
  ])('is no %s: %j', async (type, value, why) => {
    const running = runComponent(withOutput(type), {}, returning(value))
    await expect(running).rejects.toMatchObject({ code: 'user_code_failed', message: `The output "out" ${why}` })
  })
})

describe('a declaration that does not fit is refused in a sentence', () => {
  test.each([
    ['a text', 'x', 'The component must be an object: defineComponent({ … }).'],
    ['no name', said({ displayName: '' }), 'The component needs a displayName.'],
    ['no outputs', said({ outputs: {} }), 'The component needs at least one output.'],
    [
      'an unknown type',
      said({ outputs: { out: { type: 'Tool' } } }),
      'The output "out" needs a type: Message, Data, DataFrame.',
    ],
    [
      'an unknown field',
      said({ inputs: { a: field('handle') } }),
      /^The input "a" is no field. Make it with field.text/,
    ],
    ['a plain object as field', said({ inputs: { a: { label: 'x' } } }), /^The input "a" is no field/],
    ['no label', said({ inputs: { a: { kind: 'text', options: {} } } }), 'The input "a" needs "label".'],
    [
      'an unknown option',
      said({ inputs: { a: field('text', { colour: 1 }) } }),
      'The input "a" has no option "colour".',
    ],
    [
      'a default of another type',
      said({ inputs: { a: field('int', { default: 'x' }) } }),
      'The option "default" of the input "a" does not fit.',
    ],
    ['a dropdown without options', said({ inputs: { a: field('dropdown') } }), 'The input "a" needs "options".'],
    ['a reserved name', said({ inputs: { code: field('text') } }), /^"code" cannot be a name in inputs/],
    ['a name with a dash', said({ inputs: { 'a-b': field('text') } }), /^"a-b" cannot be a name in inputs/],
  ])('%s', (_, declaration, why) => {
    expect(() => readUserComponent(declaration, code)).toThrow(why)
  })
})
