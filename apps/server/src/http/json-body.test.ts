import { AppError } from '@runnel/protocol/errors'
import { expect, test } from 'vitest'
import { parseJsonBody } from './json-body.ts'

const parse = (text: string, depth = 200) => parseJsonBody(Buffer.from(text), depth)
const refusalOf = (body: Buffer, depth = 200): unknown => {
  try {
    parseJsonBody(body, depth)
  } catch (error) {
    return error instanceof AppError ? { status: error.status, detail: error.detail } : error
  }
  return undefined
}

test('reads JSON of every kind', () => {
  expect(parse(' {"a":[1,"é\\u00e9",null,true]} ')).toEqual({ a: [1, 'éé', null, true] })
  expect(parse('"text"')).toBe('text')
})

test.each([
  ['{"a":', 5],
  ['{"a" 1}', 5],
  ['NaN', 0],
  ['{"a":Infinity}', 0],
  ['', 0],
])('tells where %j stops being JSON', (text, offset) => {
  expect(refusalOf(Buffer.from(text))).toMatchObject({
    status: 422,
    detail: [{ type: 'json_invalid', loc: ['body', expect.any(Number)], msg: 'JSON decode error', input: {} }],
  })
  const { detail } = refusalOf(Buffer.from(text)) as { detail: { loc: unknown[]; ctx: { error: string } }[] }
  if (offset > 0) expect(detail[0]?.loc).toEqual(['body', offset])
})

test.each([
  ['{bad', "Expected property name or '}'"],
  ['{"a" 1}', "Expected ':' after property name"],
  ['"abc', 'Unterminated string'],
  ['{"a":', 'Unexpected end of JSON input'],
  ['{"a":tru}', 'Unexpected token'],
])('says what is wrong with %j', (text, error) => {
  expect(refusalOf(Buffer.from(text))).toMatchObject({ detail: [{ ctx: { error } }] })
})

test('does not repeat the body in the reason', () => {
  expect(JSON.stringify(refusalOf(Buffer.from('{"password":hunter2}')))).not.toContain('hunter')
})

test('refuses bytes that are not UTF-8', () => {
  for (const bytes of [
    [0xff, 0xfe],
    [0x22, 0xc3, 0x28, 0x22],
    [0x22, 0xed, 0xa0, 0x80, 0x22],
  ]) {
    expect(refusalOf(Buffer.from(bytes))).toMatchObject({ status: 422 })
  }
})

test('refuses nesting beyond the depth, and does not count brackets inside strings', () => {
  expect(parse(`${'['.repeat(200)}${']'.repeat(200)}`)).toBeTruthy()
  expect(refusalOf(Buffer.from(`${'['.repeat(201)}${']'.repeat(201)}`))).toMatchObject({ status: 422 })
  expect(refusalOf(Buffer.from('['.repeat(100_000)))).toMatchObject({ status: 422 })
  expect(parse(JSON.stringify('[{\\"'.repeat(500)))).toBe('[{\\"'.repeat(500))
})

test('drops keys named __proto__, however they are written', () => {
  const value = parse('{"__proto__":{"admin":true},"a":{"\\u005f_proto__":1,"b":2}}')
  expect(Object.keys(value as object)).toEqual(['a'])
  expect(value).toEqual({ a: { b: 2 } })
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})
