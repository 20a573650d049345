import { defineComponent, field } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { searchOutputs } from './older-search.ts'

const inputs = { query: field.text({ label: 'Query' }) } as const

test('gives what nodes of any version read, from one search', async () => {
  let searches = 0
  const component = defineComponent({
    type: 'Search',
    displayName: 'Search',
    description: '',
    icon: '',
    category: '',
    inputs,
    outputs: searchOutputs<typeof inputs>(async ({ inputs: { query } }) => {
      searches += 1
      return [{ text: `About ${query}`, link: 'https://a.test' }, { text: 'More' }]
    }),
  })
  const run = await runComponent(component, { query: 'rivers' })
  const rows = [{ text: 'About rivers', link: 'https://a.test' }, { text: 'More' }]
  expect(run).toMatchObject({
    dataframe: { rows },
    table: { rows },
    data: rows.map((data) => ({ data })),
    text: { text: 'About rivers\nMore' },
  })
  expect(searches).toBe(1)
})
