import { type Coercion, data, dataFrame, message } from '@runnel/sdk'
import { describe, expect, test } from 'vitest'
import { CoercionError, coerce } from './coerce.ts'

const said = message('hi', { timestamp: 1 })
const record = data({ text: 'of data', n: 1 })
const keyless = data({ a: 1, b: 2 })
const table = dataFrame([{ a: 1 }, { a: 2 }])
const refused = (text: string) => new CoercionError(text)

const rows: readonly (readonly [Coercion, unknown, unknown])[] = [
  ['text', 'x', 'x'],
  ['text', '', ''],
  ['text', said, 'hi'],
  ['text', { text: 'reads as a message' }, 'reads as a message'],
  ['text', record, 'of data'],
  ['text', data({ title: 'T' }, { text_key: 'title' }), 'T'],
  ['text', keyless, refused('The Data for input f has no key "text". Available keys: a, b.')],
  ['text', data({}), refused('The Data for input f has no key "text". Available keys: none.')],
  ['text', 7, refused('Invalid value type number for input f.')],
  ['text', ['a'], refused('Invalid value type list for input f.')],
  ['text', table, refused('Invalid value type DataFrame for input f.')],
  ['text', { kind: 'message' }, refused('Invalid value type object for input f.')],

  ['message', said, said],
  ['message', '', undefined],
  ['message', 'x', expect.objectContaining({ kind: 'message', text: 'x' })],
  ['message', { text: 'x', other: 1 }, expect.objectContaining({ kind: 'message', text: 'x' })],
  ['message', record, expect.objectContaining({ text: 'of data' })],
  ['message', 7, refused('Invalid value type number for input f.')],

  ['int', 3, 3],
  ['int', 3.9, 3],
  ['int', -3.9, -3],
  ['int', '12', 12],
  ['int', '', undefined],
  ['int', message('4'), 4],
  ['int', data({ text: '5' }), 5],
  ['int', 'x', refused("Could not convert 'x' to integer for input f.")],
  ['int', [1], refused("Could not convert '[1]' to integer for input f.")],

  ['float', 1, 1],
  ['float', '0.5', 0.5],
  ['float', '', undefined],
  ['float', 'x', refused('Invalid value type string for input f.')],
  ['float', {}, refused('Invalid value type object for input f.')],

  ...(['True', 'true', '1', 'yes', 1, true] as const).map((value) => ['bool', value, true] as const),
  ...(['False', 'false', '0', 'no', 0, false] as const).map((value) => ['bool', value, false] as const),
  ['bool', message('yes'), true],
  ['bool', 'maybe', refused('Value must be a boolean for input f: true or false.')],
  ['bool', '', refused('Value must be a boolean for input f: true or false.')],

  ['tab', 'One', 'One'],
  ['tab', message('One'), 'One'],
  ['tab', 1, refused('Invalid value type number for input f.')],

  ['choices', ['a', 'b'], ['a', 'b']],
  ['choices', 'a', ['a']],
  ['choices', '', []],
  ['choices', [1], refused('Invalid value type list for input f.')],

  ['object', { a: 1 }, { a: 1 }],
  ['object', { kind: 'data', of: 'a user' }, { kind: 'data', of: 'a user' }],
  ['object', { kind: 'message' }, { kind: 'message' }],
  ['object', [{ a: 1 }, { a: 2, b: 3 }], { a: 2, b: 3 }],
  [
    'object',
    [
      { key: 'a', value: 1 },
      { key: 'b', value: 2 },
    ],
    { a: 1, b: 2 },
  ],
  ['object', [record, keyless], { text: 'of data', n: 1, a: 1, b: 2 }],
  ['object', '{"a": 1}', { a: 1 }],
  ['object', ' ', {}],
  ['object', message('{"a": 1}'), { a: 1 }],
  ['object', record, { text: 'of data', n: 1 }],
  ['object', '{a', refused('Could not parse JSON string for input f. Give a JSON object.')],
  ['object', '[1]', refused('Expected a JSON object for input f.')],
  ['object', ['a'], refused('Invalid value type list for input f.')],
  ['object', 7, refused('Invalid value type number for input f.')],

  ['table', { a: 1 }, [{ a: 1 }]],
  ['table', record, [{ text: 'of data', n: 1 }]],
  ['table', table, [{ a: 1 }, { a: 2 }]],
  ['table', [table, keyless, { c: 3 }], [{ a: 1 }, { a: 2 }, { a: 1, b: 2 }, { c: 3 }]],
  ['table', said, [{ text: 'hi' }]],
  ['table', '', []],
  ['table', [], []],
  ['table', 7, refused('Invalid value type number for table field f.')],
  ['table', ['a'], refused('Invalid value type string for table field f.')],

  ['dataframe', table, table],
  ['dataframe', [{ a: 1 }, { a: 2 }], table],
  ['dataframe', record, dataFrame([{ text: 'of data', n: 1 }])],

  ['data', record, record],
  ['data', said, data({ text: 'hi' })],
  ['data', 'x', data({ text: 'x' })],
  ['data', { kind: 'Deployment' }, data({ kind: 'Deployment' })],
  ['data', table, refused('Invalid value type DataFrame for input f.')],
  ['data', 7, refused('Invalid value type number for input f.')],

  ['file', 'flow/a.txt', ['flow/a.txt']],
  ['file', '', []],
  ['file', ['a', { path: 'b' }, { name: 'c' }, 7], ['a', 'b']],

  ['any', 7, 7],
  ['model', [{ name: 'gpt' }], [{ name: 'gpt' }]],
]

test.each(rows)('as %s, %o gives %o', (coercion, value, expected) => {
  if (expected instanceof CoercionError) expect(() => coerce(coercion, value, 'f')).toThrow(expected)
  else expect(coerce(coercion, value, 'f')).toEqual(expected)
})

test.each<Coercion>([
  'any',
  'text',
  'message',
  'int',
  'float',
  'bool',
  'tab',
  'choices',
  'object',
  'table',
  'data',
  'dataframe',
  'file',
  'model',
])('as %s, nothing stays nothing', (coercion) => {
  expect([coerce(coercion, null, 'f'), coerce(coercion, undefined, 'f')]).toEqual([undefined, undefined])
})

describe('objects from outside', () => {
  test('keep keys that name parts of every object, and change nothing else', () => {
    const hostile = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'
    for (const value of [hostile, JSON.parse(hostile), [JSON.parse(hostile)], message(hostile)]) {
      const given = coerce('object', value, 'f') as object
      expect(Object.keys(given)).toEqual(['__proto__', 'constructor'])
      expect(Object.getPrototypeOf(given)).toBe(Object.prototype)
    }
    const pair = [{ key: '__proto__', value: { polluted: 1 } }]
    expect(Object.keys(coerce('object', pair, 'f') as object)).toEqual(['__proto__'])
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})
