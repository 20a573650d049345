import { Uuid } from '@runnel/protocol/identifiers'
import { PageNumber, PageSize, queryBoolean } from '@runnel/protocol/query'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Source, validationItems } from './validation.ts'

const itemsOf = (schema: z.ZodType, value: unknown, source: Source = 'body') => {
  const parsed = schema.safeParse(value)
  return parsed.success ? [] : validationItems(parsed.error, source, value)
}

test('describes a missing field with the object around it', () => {
  expect(itemsOf(z.object({ name: z.string() }), { data: {} })).toEqual([
    { type: 'missing', loc: ['body', 'name'], msg: 'Field required', input: { data: {} } },
  ])
})

test('describes a missing body and a missing parameter with null', () => {
  expect(itemsOf(z.object({ name: z.string() }), undefined)).toMatchObject([
    { type: 'missing', loc: ['body'], input: null },
  ])
  expect(itemsOf(z.object({ id: z.string() }), {}, 'query')).toMatchObject([{ loc: ['query', 'id'], input: null }])
})

test('names bad UUIDs as pydantic does', () => {
  const error = 'invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `n` at 1'
  expect(itemsOf(z.object({ flow_id: Uuid }), { flow_id: 'not-a-uuid' }, 'path')).toEqual([
    {
      type: 'uuid_parsing',
      loc: ['path', 'flow_id'],
      msg: `Input should be a valid UUID, ${error}`,
      input: 'not-a-uuid',
      ctx: { error },
    },
  ])
})

test.each([
  [z.object({ a: z.string() }), { a: 1 }, 'string_type'],
  [z.object({ a: z.int() }), { a: 1.5 }, 'int_type'],
  [z.object({ a: z.number() }), { a: 'x' }, 'float_parsing'],
  [z.object({ a: z.number() }), { a: [] }, 'float_type'],
  [z.object({ a: z.boolean() }), { a: 'x' }, 'bool_parsing'],
  [z.object({ a: z.boolean() }), { a: {} }, 'bool_type'],
  [z.object({ a: z.array(z.string()) }), { a: {} }, 'list_type'],
  [z.object({ a: z.record(z.string(), z.string()) }), { a: [] }, 'dict_type'],
  [z.object({}), [], 'model_attributes_type'],
  [z.object({ a: z.enum(['x', 'y']) }), { a: 'z' }, 'literal_error'],
  [z.object({ a: z.string().min(1) }), { a: '' }, 'string_too_short'],
  [z.object({ a: z.string().max(2) }), { a: 'abc' }, 'string_too_long'],
  [z.object({ a: z.array(z.unknown()).max(1) }), { a: [1, 2] }, 'too_long'],
  [z.object({ a: z.number().min(1) }), { a: 0 }, 'greater_than_equal'],
  [z.strictObject({}), { a: 1 }, 'extra_forbidden'],
  [z.object({ a: queryBoolean(false) }), { a: 'maybe' }, 'bool_parsing'],
  [z.object({ a: PageNumber }), { a: 'x' }, 'int_parsing'],
  [z.object({ a: PageSize }), { a: '101' }, 'less_than_equal'],
])('names what does not fit (%#)', (schema, value, type) => {
  expect(itemsOf(schema, value)).toMatchObject([{ type, loc: expect.arrayContaining(['body']) }])
})

test('lists the allowed words of a choice', () => {
  expect(itemsOf(z.enum(['chat', 'any', 'text']), 'x')).toMatchObject([
    { msg: "Input should be 'chat', 'any' or 'text'", ctx: { expected: "'chat', 'any' or 'text'" } },
  ])
})

test('says a sentence of a rule of ours as a value error', () => {
  const rule = z.string().refine(() => false, 'Color must start with #')
  expect(itemsOf(z.object({ colour: rule }), { colour: 'red' })).toEqual([
    {
      type: 'value_error',
      loc: ['body', 'colour'],
      msg: 'Value error, Color must start with #',
      input: 'red',
      ctx: { error: 'Color must start with #' },
    },
  ])
})

test('gives back at most 100 characters and nothing named like a secret', () => {
  expect(itemsOf(z.int(), 'x'.repeat(5000))).toMatchObject([{ input: 'x'.repeat(100) }])
  expect(itemsOf(z.object({ name: z.string() }), { password: 'hunter2' })).toMatchObject([{ input: {} }])
  expect(itemsOf(z.object({ name: z.string() }), { a: 'x'.repeat(5000) })).toMatchObject([{ input: {} }])
})
