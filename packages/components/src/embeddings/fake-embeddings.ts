import { defineComponent, type Embeddings, field } from '@runnel/sdk'
import { embeddingOutput } from '../shared/embedding-output.ts'

export const fakeEmbeddings = defineComponent({
  type: 'LangChainFakeEmbeddings',
  displayName: 'Fake Embeddings',
  description: 'Gives vectors that mean nothing, to try out a flow without a provider.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  inputs: {
    dimensions: field.int({ label: 'Dimensions', info: 'The length of the vectors.', default: 5 }),
  },
  outputs: {
    embeddings: { ...embeddingOutput, run: ({ inputs }) => randomEmbeddings(Math.max(1, inputs.dimensions)) },
  },
})

const randomEmbeddings = (dimensions: number): Embeddings => ({
  kind: 'embeddings',
  provider: 'Fake',
  model: 'fake',
  async embed(texts, signal) {
    signal.throwIfAborted()
    return texts.map(() => Array.from({ length: dimensions }, () => Math.random() * 2 - 1))
  },
})
