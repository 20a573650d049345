import { expect, test } from 'vitest'
import { createSchemaCheck } from './json-schema.ts'

const order = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: ['string', 'null'], pattern: '^[A-Z]\\d+$', maxLength: 4 },
    lines: { type: 'array', minItems: 1, uniqueItems: true, items: { $ref: '#/$defs/line' } },
    state: { enum: ['open', 'paid'] },
  },
  additionalProperties: false,
  $defs: { line: { type: 'object', required: ['n'], properties: { n: { type: 'integer', exclusiveMinimum: 0 } } } },
}

test.each<[unknown, unknown, readonly string[]]>([
  [order, { id: 'A1', lines: [{ n: 1 }], state: 'paid' }, []],
  [order, { id: null, lines: [{ n: 1 }] }, []],
  [order, 'text', ['must be object']],
  [
    order,
    { lines: [{ n: 0 }, {}, { n: 1.5 }] },
    ['id: is missing', 'lines.0.n: must be more than 0', 'lines.1.n: is missing', 'lines.2.n: must be integer'],
  ],
  [
    order,
    { id: 'abcdef', lines: [], state: 'new', more: 1 },
    [
      'id: must match ^[A-Z]\\d+$',
      'id: must have 4 or fewer characters',
      'lines: must have 1 or more items',
      'state: must be one of "open", "paid"',
      'more: must not be there',
    ],
  ],
  [order, { id: 'A1', lines: [{ n: 1 }, { n: 1 }] }, ['lines: must not hold anything twice']],
  [{ required: ['a'] }, { b: 1 }, ['a: is missing']],
  [{ anyOf: [{ type: 'string' }, { minimum: 2 }] }, 1, ['fits none of anyOf']],
  [{ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 3, ['fits 2 of oneOf, not one']],
  [{ allOf: [{ minimum: 1 }, { maximum: 2 }] }, 3, ['must be 2 or less']],
  [{ not: { type: 'string' } }, 'a', ['fits what it must not']],
  [{ const: { a: [1] } }, { a: [1] }, []],
  [{ const: { a: [1] } }, { a: [2] }, ['must be {"a":[1]}']],
  [{ multipleOf: 0.1 }, 0.3, []],
  [{ multipleOf: 2 }, 3, ['must be a multiple of 2']],
  [
    { prefixItems: [{ type: 'string' }], items: { type: 'number' } },
    [1, 'a'],
    ['0: must be string', '1: must be number'],
  ],
  [{ prefixItems: [{ type: 'string' }, { type: 'number' }] }, ['a'], []],
  [{ contains: { const: 1 } }, [2], ['holds nothing of contains']],
  [
    { additionalProperties: { type: 'number' }, minProperties: 2 },
    { a: 'x' },
    ['a: must be number', 'must have 2 or more entries'],
  ],
  [{ items: { $ref: '#' }, type: 'array' }, [[[]], [1]], ['1.0: must be array']],
])('%j of %j', (schema, value, faults) => {
  expect(createSchemaCheck(schema)(value).toSorted()).toEqual([...faults].toSorted())
})

test.each<[unknown, string]>([
  [[], 'it is no object'],
  [{ type: 'nothing' }, 'type must be one of'],
  [{ properties: 3 }, 'properties must be an object'],
  [{ items: 3 }, '3 stands where a schema belongs'],
  [{ if: {} }, 'if is not supported'],
  [{ properties: { a: { patternProperties: {} } } }, 'patternProperties is not supported'],
  [{ $ref: 'https://example.com' }, 'leads out of it'],
  [{ $ref: '#/$defs/none' }, 'leads nowhere'],
  [{ pattern: '(' }, 'pattern must be a regular expression'],
  [{ minimum: '1' }, 'minimum must be a number'],
])('%j is refused', (schema, why) => {
  expect(() => createSchemaCheck(schema)).toThrow(why)
})

test('a schema that is nothing but itself is given up', () => {
  expect(() => createSchemaCheck({ $ref: '#' })(1)).toThrow('without end')
})
