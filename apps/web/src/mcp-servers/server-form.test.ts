import { expect, test } from 'vitest'
import { configOf, EMPTY_FORM, formOf, serversOfJson } from './server-form.ts'

test('a configuration of another program is read whole, several servers at once', () => {
  const text = JSON.stringify({
    mcpServers: {
      files: { command: 'npx', args: ['-y', 'files'], env: { DEPTH: 3 } },
      web: { url: 'https://example.com/mcp', headers: { authorization: 'Bearer x' } },
      broken: { port: 80 },
    },
  })
  expect(serversOfJson(text, 'new')).toEqual([
    ['files', { command: 'npx', args: ['-y', 'files'], env: { DEPTH: '3' } }],
    ['web', { url: 'https://example.com/mcp', headers: { authorization: 'Bearer x' }, env: {} }],
  ])
})

test('one server without a name gets the given one, and what holds none is refused', () => {
  expect(serversOfJson('{"url":"https://example.com"}', 'new')).toEqual([
    ['new', { url: 'https://example.com', headers: {}, env: {} }],
  ])
  expect(() => serversOfJson('{"mcpServers":{}}', 'new')).toThrow('empty')
  expect(() => serversOfJson('[1]', 'new')).toThrow('empty')
  expect(() => serversOfJson('not json', 'new')).toThrow(SyntaxError)
})

test('what is shown of a server is what is sent when nothing was changed', () => {
  const config = { command: 'npx', args: ['-y', 'files'], env: { KEY: '*******' } }
  expect(configOf(formOf('files', config))).toEqual(config)
  const trusting = { url: 'https://e.com', headers: {}, env: {}, verify_ssl: false }
  expect(configOf(formOf('own', trusting))).toEqual(trusting)
  expect(serversOfJson(JSON.stringify({ own: trusting }), 'new')).toEqual([['own', trusting]])
  expect(
    configOf({
      ...EMPTY_FORM,
      url: ' https://e.com ',
      headers: [
        ['', 'lost'],
        ['a', 'b'],
      ],
    }),
  ).toEqual({
    url: 'https://e.com',
    headers: { a: 'b' },
    env: {},
  })
})
