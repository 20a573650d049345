import { data } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { parseData } from './parse-data.ts'

test('writes each object by the template', async () => {
  const objects = [data({ text: 'One', n: 1 }), data({ n: null }), data({ error: 'lost' }), data({ data: { n: 4 } })]
  const { text, data_list } = await runComponent(parseData, { data: objects, template: '{text}-{n}', sep: '|' })
  expect(text).toMatchObject({ text: 'One-1|-None|lost-|-4' })
  expect(data_list).toMatchObject([{ data: { text: 'One-1', n: 1 } }, {}, {}, {}])
})

test('knows the whole object as {data}', async () => {
  const { text } = await runComponent(parseData, { data: [data({ a: 'x' })], template: '{data}' })
  expect(text).toMatchObject({ text: "{'a': 'x'}" })
})
