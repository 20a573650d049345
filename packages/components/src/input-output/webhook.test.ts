import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { webhook } from './webhook.ts'

test.each([
  ['{"order": 7}', { order: 7 }],
  ['', {}],
  ['not json', { payload: 'not json' }],
  ['[1, 2]', { payload: '[1, 2]' }],
  ['"text"', { payload: '"text"' }],
  [' \n ', {}],
  ['{"note": "two\nlines,\r\n\\"quoted\\"",\n "n": 1}', { note: 'two\nlines,\r\n"quoted"', n: 1 }],
  ['{"note": "no\nend', { payload: '{"note": "no\nend' }],
  ['a=b&c=d', { payload: 'a=b&c=d' }],
])('gives the body %j as %j', async (body, expected) => {
  const { output_data } = await runComponent(webhook, { data: body })
  expect(output_data).toMatchObject({ kind: 'data', data: expected })
})

test('a long body that is no JSON is passed on at once', async () => {
  const body = `{"a":${'"\\"'.repeat(1_000_000)}`
  const { output_data } = await runComponent(webhook, { data: body })
  expect(output_data).toMatchObject({ data: { payload: body } })
})
