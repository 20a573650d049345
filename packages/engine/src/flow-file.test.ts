import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { escapeNonAscii, flowsIn, parseFlowFile, printFlowFile, spaceOut } from './flow-file.ts'

const SHARED = join(import.meta.dirname, '../../../../shared')
const again = (text: string) => printFlowFile(parseFlowFile(text))

for (const folder of ['flows', 'flows-1.13']) {
  const path = join(SHARED, folder)
  describe.skipIf(!existsSync(path))(`the files of ${folder} (skipped where ${path} is missing)`, () => {
    test('are written as they were read', () => {
      const files = readdirSync(path).filter((name) => name.endsWith('.json'))
      expect(files.length).toBeGreaterThan(5)
      for (const name of files) {
        const text = readFileSync(join(path, name), 'utf8')
        expect(again(text) === text, name).toBe(true)
      }
    })
  })
}

const value = {
  name: 'Größe "1"',
  data: { nodes: [{ id: 'A-1', position: { x: 1.5, y: -3 } }, {}], edges: [], viewport: null },
  list: [true, false, 'a, b: c', '\\', '\\"', '\u2028'],
}

/** The same value in a new object, as after an edit that ends where it began: only the style tells how to write it. */
const rewritten = (text: string) => {
  const { value: read, style } = parseFlowFile(text)
  return printFlowFile({ value: structuredClone(read), style })
}

describe('a file in a known style', () => {
  const styles: Readonly<Record<string, string>> = {
    'in one line': JSON.stringify(value),
    'indented by one': JSON.stringify(value, null, 1),
    'indented by two': JSON.stringify(value, null, 2),
    'indented by four': JSON.stringify(value, null, 4),
    'indented by tabs': JSON.stringify(value, null, '\t'),
    'with a newline at the end': `${JSON.stringify(value, null, 2)}\n`,
    'with CRLF': `${JSON.stringify(value, null, 2)}\n`.replaceAll('\n', '\r\n'),
    'with a byte order mark': `\uFEFF${JSON.stringify(value, null, 2)}`,
    'as Python dumps it': escapeNonAscii(spaceOut(JSON.stringify(value))),
    'as Python dumps a list': spaceOut(JSON.stringify([1, 2, value])),
    'as Python dumps it without ensure_ascii': spaceOut(JSON.stringify(value)),
    'as Python dumps it with an indent': escapeNonAscii(JSON.stringify(value, null, 4)),
  }
  test.each(Object.entries(styles))('is written the same: %s', (_, text) => {
    expect(again(text)).toBe(text)
    expect(rewritten(text)).toBe(text)
  })

  test('keeps the style when a value changed', () => {
    const { value: read, style } = parseFlowFile('{\r\n\t"a": 1.0,\r\n\t"b": "\\u00e9"\r\n}\r\n')
    const changed = { ...(read as object), a: 2 }
    expect(printFlowFile({ value: changed, style })).toBe('{\r\n\t"a": 2,\r\n\t"b": "\\u00e9"\r\n}\r\n')
  })
})

describe('a file in no known style', () => {
  test.each([
    '{"a":1, "b" : 2}',
    '{ }',
    '[\n]',
    '{\n  "a": [1, 2],\n  "b": {"c": 3}\n}',
    '{"slash": "\\/", "upper": "\\u00E9", "plain": "A\\u0042"}',
    '{"del": "\\u007f", "e": "\\u00e9"}',
    '{"twice": 1, "twice": 2}',
    ' \n{"a":1}\n\n',
    '1.0',
    '"text"',
  ])('is written as it was read: %j', (text) => {
    expect(again(text)).toBe(text)
  })

  test('is written anew once it changed', () => {
    const { value: read, style } = parseFlowFile('{"a":1, "b" : 2}')
    expect(printFlowFile({ value: { ...(read as object), a: 3 }, style })).toBe('{"a":3,"b":2}')
  })
})

test.each(['1.0', '1e5', '-0', '-0.0', '12345678901234567890', '0.10', '1E+2', '1e400'])(
  'keeps the number %s',
  (number) => {
    expect(again(`{"x":${number},"list":[${number},1]}`)).toBe(`{"x":${number},"list":[${number},1]}`)
  },
)

test('writes a number that was changed as JavaScript does', () => {
  const { value: read, style } = parseFlowFile('{"in":{"x":1.0,"y":2.0}}')
  const { in: held } = read as { in: { x: number } }
  held.x = 7
  expect(printFlowFile({ value: read, style })).toBe('{"in":{"x":7,"y":2.0}}')
})

test('keeps keys that name parts of every object', () => {
  const text = '{"__proto__":{"polluted":true},"constructor":{"prototype":1.0},"toString":null}'
  const { value: read } = parseFlowFile(text)
  expect(again(text)).toBe(text)
  expect(Object.keys(read as object)).toEqual(['__proto__', 'constructor', 'toString'])
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
})

const json = fc.jsonValue({ maxDepth: 4 })
const key = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', '0', '10', 'ключ'))
const root = fc.dictionary(key, json, { noNullPrototype: true })

test('gives back every JSON text that a serializer writes', () => {
  fc.assert(
    fc.property(
      root,
      fc.constantFrom(0, 1, 2, 3, 4, 8, '\t'),
      fc.boolean(),
      fc.boolean(),
      (held, indent, spaced, ascii) => {
        const plain = JSON.stringify(held, null, indent)
        const separated = spaced && indent === 0 ? spaceOut(plain) : plain
        const text = ascii ? escapeNonAscii(separated) : separated
        expect(again(text)).toBe(text)
        expect(parseFlowFile(text).value).toEqual(JSON.parse(text))
      },
    ),
  )
})

describe('blanks after separators', () => {
  const longText = '", : \\'.repeat(300_000)

  test('stand outside of strings only', () => {
    expect(spaceOut('{"a,:\\",":[1,"b:"],"c\\\\":{}}')).toBe('{"a,:\\",": [1, "b:"], "c\\\\": {}}')
    expect(JSON.parse(spaceOut(JSON.stringify(value)))).toEqual(value)
  })

  test('are put alike into long and short texts', () => {
    const short = spaceOut(JSON.stringify(value))
    expect(spaceOut(JSON.stringify([longText, value, 1]))).toBe(`[${JSON.stringify(longText)}, ${short}, 1]`)
  })

  test('are put into a text of twenty million characters', () => {
    expect(spaceOut(JSON.stringify({ a: 'x'.repeat(20_000_000) }))).toHaveLength(20_000_009)
  })
})

test('reads a file with a long gap at once', () => {
  const text = `{"a":1${' '.repeat(300_000)}}`
  expect(again(text)).toBe(text)
})

test.each(['', '{', '{"a":}', 'nonsense', '[1,]', "{'a': 1}"])('refuses %j, which is not JSON', (text) => {
  expect(() => parseFlowFile(text)).toThrow(expect.objectContaining({ code: 'invalid_json_file' }))
})

describe('the flows of an upload', () => {
  const one = { name: 'One', data: null }
  test.each([
    ['a flow', one],
    ['a list', [one]],
    ['a wrapper', { flows: [one] }],
    ['a project', { folder_name: 'P', folder_description: '', flows: [one] }],
  ])('are found in %s', (_, uploaded) => {
    expect(flowsIn(uploaded)).toEqual([one])
  })

  test('may be none', () => {
    expect(flowsIn([])).toEqual([])
  })

  test('are named by their place when one is no flow', () => {
    expect(() => flowsIn([one, 'two'])).toThrow('Entry 2 of the file is not a flow')
    expect(() => flowsIn(null)).toThrow('Entry 1 of the file is not a flow')
  })
})
