import { expect, test } from 'vitest'
import { createSchemaCheck } from './json-schema.ts'

const order = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  required: ['id', 'lines'],
  properties: {
    id: { type: ['string', 'null'], pattern: '^[A-Z]\\d+$', maxLength: 4 },
    lines: { type: 'array', minItems: 1, items: { $ref: '#/$defs/line' } },
    state: { enum: ['open', 'paid'] },
    'a/b': { format: 'email' },
  },
  additionalProperties: false,
  $defs: { line: { type: 'object', required: ['n'], properties: { n: { type: 'integer', exclusiveMinimum: 0 } } } },
}

test.each<[unknown, unknown, readonly string[]]>([
  [order, { id: 'A1', lines: [{ n: 1 }], state: 'paid', 'a/b': 'no address' }, []],
  [order, { id: null, lines: [{ n: 1 }] }, []],
  [order, 'text', ['must be object']],
  [
    order,
    { lines: [{ n: 0 }, {}, { n: 1.5 }] },
    [
      "must have required property 'id'",
      'lines.0.n: must be > 0',
      "lines.1: must have required property 'n'",
      'lines.2.n: must be integer',
    ],
  ],
  [
    order,
    { id: 'A1', lines: [], state: 'new', more: 1 },
    [
      'must NOT have additional properties: "more"',
      'lines: must NOT have fewer than 1 items',
      'state: must be equal to one of the allowed values: ["open","paid"]',
    ],
  ],
  [{ required: ['a'] }, { b: 1 }, ["must have required property 'a'"]],
  [{ const: 1 }, 2, ['must be equal to constant: 1']],
  [{ $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }] }, [1], ['0: must be string']],
])('%j of %j', async (schema, value, faults) => {
  const check = await createSchemaCheck(schema)
  expect(check(value).toSorted()).toEqual([...faults].toSorted())
})

test.each<[unknown, string]>([
  [[], 'it is no object'],
  [{ type: 'nothing' }, 'must be equal to one of the allowed values'],
  [{ properties: 3 }, 'must be object'],
  [{ requires: ['a'] }, 'unknown keyword: "requires"'],
  [{ $ref: 'https://example.com' }, "can't resolve reference https://example.com"],
  [{ $ref: '#/$defs/none' }, "can't resolve reference #/$defs/none"],
  [{ pattern: '(' }, 'Invalid regular expression'],
])('%j is refused', async (schema, why) => {
  await expect(createSchemaCheck(schema)).rejects.toThrow(why)
})
