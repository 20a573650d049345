import { AppError } from '@runnel/protocol/errors'
import { type Data, data, defineComponent, field } from '@runnel/sdk'

const METRICS = ['Cosine Similarity', 'Euclidean Distance', 'Manhattan Distance'] as const

export const embeddingSimilarity = defineComponent({
  type: 'EmbeddingSimilarityComponent',
  displayName: 'Embedding Similarity',
  description: 'Says how near two vectors are.',
  icon: 'equal',
  category: 'embeddings',
  legacy: true,
  replacement: ['datastax.AstraDB'],
  inputs: {
    embedding_vectors: field.data({
      label: 'Embedding Vectors',
      info: 'Two vectors of one length, as Text Embedder gives them.',
      list: true,
      required: true,
    }),
    similarity_metric: field.dropdown({
      label: 'Similarity Metric',
      info: 'How nearness is measured.',
      options: METRICS,
      default: 'Cosine Similarity',
    }),
  },
  outputs: {
    similarity_data: {
      type: 'Data',
      label: 'Similarity Data',
      method: 'compute_similarity',
      run({ inputs, context }) {
        const similarity_score = similarityOf(inputs.embedding_vectors, inputs.similarity_metric)
        const result = data({ similarity_score })
        context.setStatus(result)
        return result
      },
    },
  },
})

/** A number by metric, or the sentence that says why there is none. */
function similarityOf(vectors: readonly Data[], metric: (typeof METRICS)[number]): Readonly<Record<string, unknown>> {
  if (vectors.length !== 2) {
    throw new AppError('invalid_field', ['Exactly two embedding vectors are required. Connect two Text Embedders.'])
  }
  const [a, b] = vectors.map(vectorOf)
  if (!a || !b || a.length !== b.length) return { error: 'Embeddings must have the same dimensions' }
  const difference = a.map((value, at) => value - (b[at] ?? 0))
  switch (metric) {
    case 'Cosine Similarity': {
      const product = a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
      const lengths = Math.hypot(...a) * Math.hypot(...b)
      return { cosine_similarity: lengths === 0 ? 0 : product / lengths }
    }
    case 'Euclidean Distance':
      return { euclidean_distance: Math.hypot(...difference) }
    case 'Manhattan Distance':
      return { manhattan_distance: difference.reduce((sum, value) => sum + Math.abs(value), 0) }
    default:
      return metric satisfies never
  }
}

function vectorOf({ data: { embeddings } }: Data): readonly number[] {
  if (Array.isArray(embeddings) && embeddings.every((value) => typeof value === 'number')) return embeddings
  throw new AppError('invalid_field', ['A Data without a vector in "embeddings" was given. Connect Text Embedders.'])
}
