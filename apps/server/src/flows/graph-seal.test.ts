import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSecrets } from '../auth/secrets.ts'
import { createGraphSeal } from './graph-seal.ts'

const { seal, open } = createGraphSeal(createSecrets('a secret for tests, 32 bytes long'))
const field = (value: unknown, more = {}) => ({ type: 'str', password: true, value, ...more })
const graph = (template: unknown, inner?: unknown) =>
  JSON.stringify({
    nodes: [{ id: 'n', data: { node: { template, ...(inner !== undefined && { flow: inner }) } } }],
    edges: [],
  })

test('secrets are closed in the text and open again, inside groups too', () => {
  const text = graph({ api_key: field('sk-Grüße "7"') }, { data: JSON.parse(graph({ token: field('t-secret') })) })
  const sealed = seal('f-1', text)
  expect(sealed).not.toContain('Grüße')
  expect(sealed).not.toContain('t-secret')
  expect(open('f-1', sealed)).toBe(text)
})

test('names of variables, empty secrets and other fields stay as they are', () => {
  const text = graph({
    key: field('OPENAI_API_KEY', { load_from_db: true }),
    empty: field(''),
    none: field(null),
    shown: { type: 'str', password: false, value: 'seen' },
  })
  expect(seal('f-1', text)).toBe(text)
})

test('whatever a secret holds comes back, and all else is the same byte for byte', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (secret, other) => {
      const text = graph({ key: field(secret), other: { value: other } })
      expect(open('f', seal('f', text))).toBe(text)
    }),
  )
})

test('a secret of one flow stays closed in another', () => {
  const sealed = seal('f-1', graph({ key: field('mine') }))
  expect(open('f-2', sealed)).toBe(sealed)
  const pasted = graph({ prompt: { type: 'str', value: JSON.parse(sealed).nodes[0].data.node.template.key.value } })
  expect(open('f-2', pasted)).toBe(pasted)
})

test('what was sealed under a secret that is lost stays closed, and opens when it comes back', () => {
  const text = graph({ key: field('mine') })
  const other = createGraphSeal(createSecrets('another secret for tests, 32 bytes'))
  const sealed = other.seal('f-1', text)
  const kept = seal('f-1', open('f-1', sealed))
  expect(other.open('f-1', kept)).toBe(text)
})

test('text that only looks sealed is passed on', () => {
  const text = graph({ prompt: { value: 'sealed:gcm1:AAAA' }, key: field('sealed:gcm1:AAAA') })
  expect(open('f', seal('f', text))).toBe(text)
})
