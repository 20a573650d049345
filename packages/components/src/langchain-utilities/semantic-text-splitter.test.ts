import { data, type Embeddings } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { semanticTextSplitter } from './semantic-text-splitter.ts'

/** Sentences on rivers are one way, all others another. */
const embeddings: Embeddings = {
  kind: 'embeddings',
  provider: 'Fake',
  model: 'm',
  embed: async (texts) => texts.map((text) => (/river/i.test(text) ? [1, 0.1] : [0.1, 1])),
}
const text = 'The river is long. This river too. Cats sleep. Cats eat. A river again.'

const split = async (inputs: object) =>
  (
    await runComponent(semanticTextSplitter, {
      embeddings,
      data_inputs: [data({ text, page: 2 })],
      number_of_chunks: 0,
      ...inputs,
    })
  ).chunks

test('begins a chunk where the meaning changes', async () => {
  expect(await split({ breakpoint_threshold_amount: 0.5 })).toEqual([
    data({ text: 'The river is long. This river too.', page: 2 }),
    data({ text: 'Cats sleep. Cats eat.', page: 2 }),
    data({ text: 'A river again.', page: 2 }),
  ])
})

test.each(['standard_deviation', 'interquartile'])(
  'knows a large distance by %s',
  async (breakpoint_threshold_type) => {
    const found = await split({ breakpoint_threshold_type, breakpoint_threshold_amount: 0.1 })
    expect(found).toHaveLength(3)
  },
)

test('makes as many chunks as there are sentences, when more are wanted', async () => {
  expect(await split({ number_of_chunks: 9 })).toHaveLength(5)
})

test('cuts sentences where the user says', async () => {
  const found = await split({ sentence_split_regex: ';', data_inputs: [data({ text: 'river; cat; cat' })] })
  expect(found).toEqual([data({ text: 'river' }), data({ text: 'cat cat' })])
})

test.each([
  [{ embeddings: undefined }, 'There is no embedding model.'],
  [{ sentence_split_regex: '(' }, 'Invalid regex pattern: ( is no regular expression.'],
  [{ sentence_split_regex: '(a+)+$', data_inputs: [data({ text: `${'a'.repeat(40)}!` })] }, 'longer than a second'],
])('says what is missing', async (inputs, why) => {
  await expect(split(inputs)).rejects.toThrow(why)
})
