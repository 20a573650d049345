import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { objectsIn, textIn } from '../shared/ask-service.ts'
import { numberIn } from '../shared/json-service.ts'
import { flatMetadata } from '../shared/store-documents.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { attributesIn, vectaraFields, vectaraFilter, vectara as vectaraService } from '../shared/vectara.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  ...vectaraFields,
  ...storeFields,
  embedding: field.handle({
    label: 'Embedding',
    info: 'Kept for older flows: Vectara makes the vectors itself.',
    accepts: ['Embeddings'],
  }),
} as const
type Inputs = InputsOf<typeof inputs>

export const vectara = defineComponent({
  type: 'Vectara',
  aliases: ['VectaraVectorStoreComponent'],
  displayName: 'Vectara',
  description: 'Keeps texts in a corpus of Vectara, which makes the vectors itself, and finds them by meaning.',
  icon: 'Vectara',
  category: 'vectara',
  inputs,
  outputs: searching<typeof inputs>(requestOf, vectaraStore),
})

/** What Langflow weighs words with. */
const LAMBDA = 0.025

function vectaraStore(inputs: Inputs, context: RunContext): StoreBackend {
  const service = vectaraService(inputs, context)
  return {
    provider: 'Vectara',
    embedsItself: true,
    async add(documents) {
      for (const { id, text, metadata } of documents) {
        const metadataJson = JSON.stringify(flatMetadata(metadata))
        await service.index({
          documentId: id,
          metadataJson: JSON.stringify({ source: 'runnel' }),
          section: [{ text, metadataJson }],
        })
      }
    },
    async nearest(_, { limit, filter, query }) {
      const answer = await service.query({ query, limit, filter: vectaraFilter(filter), lambda: LAMBDA })
      const documents = objectsIn(answer.document)
      return objectsIn(answer.response).map(({ text, score, metadata, documentIndex }) => {
        const { lang: _lang, offset: _offset, len: _len, ...known } = attributesIn(metadata)
        const { source = undefined } = attributesIn(documents[Number(documentIndex ?? 0)]?.metadata)
        return {
          text: textIn(text),
          metadata: { ...(source !== undefined && { source }), ...known },
          score: numberIn(score),
        }
      })
    },
  }
}
