import type { JsonObject } from '@runnel/protocol/json'
import { type Field, field } from '@runnel/sdk'
import { describe, expect, test } from 'vitest'
import { compileField } from './graph-field.ts'

const compiled = (declared: Field | undefined, template?: JsonObject) =>
  compileField({ name: 'f', declared, template, edges: [], nodeName: 'Node' })
const literal = (declared: Field | undefined, template?: JsonObject) => compiled(declared, template).literal
const shown = (type: string, value: unknown, rest: JsonObject = {}): JsonObject => ({
  type,
  value,
  show: true,
  ...rest,
})

describe('a value in the file', () => {
  test.each<readonly [string, Field | undefined, JsonObject, unknown]>([
    ['text', field.text({ label: 'F' }), shown('str', 'a'), 'a'],
    ['text with a typed newline', field.text({ label: 'F' }), shown('str', 'a\\nb'), 'a\nb'],
    [
      'a list of texts with typed newlines',
      field.text({ label: 'F', list: true }),
      shown('str', ['\\n', 'b'], { list: true }),
      ['\n', 'b'],
    ],
    ['one text for a list', field.text({ label: 'F', list: true }), shown('str', 'a', { list: true }), ['a']],
    ['no text for a list', field.text({ label: 'F', list: true }), shown('str', '', { list: true }), []],
    ['multiline text, newlines as typed', field.multiline({ label: 'F' }), shown('str', 'a\\nb'), 'a\nb'],
    ['a prompt, kept as it is', field.prompt({ label: 'F' }), shown('prompt', 'a\\n{b}'), 'a\\n{b}'],
    ['text for a message', field.message({ label: 'F' }), shown('str', 'a'), expect.objectContaining({ text: 'a' })],
    ['no text for a message', field.message({ label: 'F' }), shown('str', ''), undefined],
    ['an integer', field.int({ label: 'F' }), shown('int', 3), 3],
    ['an integer as text', field.int({ label: 'F' }), shown('int', '3'), 3],
    ['an empty integer', field.int({ label: 'F' }), shown('int', ''), undefined],
    ['an empty integer with a default', field.int({ label: 'F', default: 5 }), shown('int', ''), 5],
    ['a float', field.float({ label: 'F' }), shown('float', '0.5'), 0.5],
    ['a slider', field.slider({ label: 'F', default: 0.1, min: 0, max: 1, step: 0.1 }), shown('slider', 0), 0],
    ['a bool', field.bool({ label: 'F' }), shown('bool', true), true],
    ['a bool as text', field.bool({ label: 'F', default: true }), shown('bool', 'False'), false],
    ['an empty bool', field.bool({ label: 'F', default: true }), shown('bool', ''), false],
    ['an option', field.dropdown({ label: 'F', options: ['a', 'b'] }), shown('str', 'b'), 'b'],
    ['a tab', field.tab({ label: 'F', options: ['a', 'b'], default: 'a' }), shown('tab', 'b'), 'b'],
    ['choices', field.multiselect({ label: 'F', options: ['a', 'b'] }), shown('str', ['b'], { list: true }), ['b']],
    ['a dict', field.dict({ label: 'F' }), shown('dict', { a: 1 }), { a: 1 }],
    [
      'a dict as list',
      field.dict({ label: 'F', list: true }),
      shown('dict', [{ a: 1 }, { b: 2 }], { list: true }),
      { a: 1, b: 2 },
    ],
    ['a dict as rows', field.dict({ label: 'F' }), shown('dict', [{ key: 'a', value: 1 }]), { a: 1 }],
    ['a dict that is a number', field.dict({ label: 'F' }), shown('dict', 7), {}],
    [
      'a nested dict as JSON',
      field.nestedDict({ label: 'F' }),
      shown('NestedDict', '{"a": {"b": 1}}'),
      { a: { b: 1 } },
    ],
    ['a table', field.table({ label: 'F', columns: [] }), shown('table', [{ a: 1 }]), [{ a: 1 }]],
    ['no table', field.table({ label: 'F', columns: [] }), shown('table', null), []],
    ['a file', field.files({ label: 'F' }), shown('file', 'a.txt', { file_path: 'flow/a.txt' }), ['flow/a.txt']],
    ['files', field.files({ label: 'F' }), shown('file', '', { file_path: ['a', 'b'] }), ['a', 'b']],
    ['no file', field.files({ label: 'F' }), shown('file', 'a.txt', { file_path: '' }), []],
    [
      'a handle, which only an edge fills',
      field.handle({ label: 'F', accepts: ['Data'] }),
      shown('other', 'x'),
      undefined,
    ],
    ['null with a default', field.text({ label: 'F' }), shown('str', null, { default: 'd' }), 'd'],
    ['null without one', field.text({ label: 'F', default: 'mine' }), shown('str', null), 'mine'],
    ['an undeclared text', undefined, shown('str', 'a\\n'), 'a\n'],
    ['an undeclared integer', undefined, shown('int', '3'), 3],
    ['an undeclared dict', undefined, shown('dict', { a: 1 }), { a: 1 }],
    ['an undeclared null', undefined, shown('str', null), undefined],
    ['an undeclared handle', undefined, shown('other', 'x'), undefined],
  ])('gives %s', (_, declared, template, expected) => {
    expect(compiled(declared, template)).toMatchObject({ literal: expected, problem: undefined, variable: undefined })
  })
})

describe('a field that is not shown', () => {
  test.each([
    [field.text({ label: 'F', default: 'mine' }), 'mine'],
    [field.text({ label: 'F' }), ''],
    [field.text({ label: 'F', list: true }), []],
    [field.int({ label: 'F', default: 5 }), 5],
    [field.int({ label: 'F' }), undefined],
    [field.bool({ label: 'F', default: true }), true],
    [field.dict({ label: 'F' }), {}],
    [field.handle({ label: 'F', accepts: ['Data'], list: true }), []],
    [undefined, undefined],
  ])('has the default of the component, whatever the file says', (declared, expected) => {
    for (const show of [false, undefined]) {
      expect(literal(declared, { type: declared?.type ?? 'str', value: 'stale', show })).toEqual(expected)
    }
  })

  test('has its value when the file says so', () => {
    expect(literal(field.text({ label: 'F' }), shown('str', 'kept', { show: false, override_skip: true }))).toBe('kept')
  })

  test('of any type is no problem', () => {
    expect(compiled(undefined, { type: 'nonsense', show: false, value: 1 }).problem).toBeUndefined()
  })
})

test('a field the file does not have has the default of the component', () => {
  expect(literal(field.text({ label: 'F', default: 'mine' }))).toBe('mine')
  expect(literal(field.handle({ label: 'F', accepts: ['Data'] }))).toBeUndefined()
})

describe('a variable', () => {
  const secret = field.secret({ label: 'F', variable: 'OPENAI_API_KEY' })
  test('is named by a field that loads from the database', () => {
    expect(compiled(secret, shown('str', 'MY_KEY', { load_from_db: true }))).toMatchObject({
      variable: 'MY_KEY',
      literal: undefined,
    })
  })
  test('is not named by an empty value', () => {
    for (const value of ['', null, undefined]) {
      expect(
        compiled(field.secret({ label: 'F' }), shown('str', value, { load_from_db: true })).variable,
      ).toBeUndefined()
    }
  })
  test('is what the default of a secret names, and never the secret itself', () => {
    for (const template of [undefined, shown('str', 'stale', { show: false, load_from_db: true })]) {
      expect(compiled(secret, template)).toMatchObject({ variable: 'OPENAI_API_KEY', literal: '' })
    }
  })
  test('may be named by the cells of a table', () => {
    const schema = [
      { name: 'key', load_from_db: true },
      { name: 'token', load_from_db: 'True' },
      { name: 'plain', load_from_db: 'False' },
      { name: 'x' },
    ]
    for (const table_schema of [schema, { columns: schema }]) {
      expect(compiled(undefined, shown('table', [{ key: 'K' }], { table_schema })).variableColumns).toEqual([
        'key',
        'token',
      ])
    }
  })
})

describe('a problem', () => {
  test.each<readonly [Field | undefined, JsonObject, string]>([
    [undefined, shown('nonsense', 1), 'Field f in Node is not a valid field type: nonsense'],
    [undefined, shown('constructor', 1), 'Field f in Node is not a valid field type: constructor'],
    [field.int({ label: 'F' }), shown('int', 'x'), "Could not convert 'x' to integer for input f."],
    [field.table({ label: 'F', columns: [] }), shown('table', 'x'), 'Invalid value type string for table field f.'],
    [field.text({ label: 'F' }), shown('str', 7), 'Invalid value type number for input f.'],
  ])('is kept until the node runs', (declared, template, problem) => {
    expect(compiled(declared, template)).toMatchObject({ problem, literal: undefined })
  })
})
