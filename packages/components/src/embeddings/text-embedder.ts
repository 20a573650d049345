import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field } from '@runnel/sdk'
import { connectedEmbeddings } from '../shared/embedding-choice.ts'

export const textEmbedder = defineComponent({
  type: 'TextEmbedderComponent',
  displayName: 'Text Embedder',
  description: 'Gives the vector of a message.',
  icon: 'binary',
  category: 'embeddings',
  legacy: true,
  replacement: ['models.EmbeddingModel'],
  inputs: {
    embedding_model: field.handle({
      label: 'Embedding Model',
      info: 'What makes the vector.',
      accepts: ['Embeddings'],
      required: true,
    }),
    message: field.message({ label: 'Message', info: 'The message to embed.', required: true }),
  },
  outputs: {
    embeddings: {
      type: 'Data',
      label: 'Embedding Data',
      method: 'generate_embeddings',
      async run({ inputs, context }) {
        const embeddings = connectedEmbeddings(inputs.embedding_model)
        const text = inputs.message?.text ?? ''
        if (text === '') throw new AppError('invalid_field', ['There is no text to embed. Connect a message.'])
        const [vector = []] = await embeddings.embed([text], context.signal, { addUsage: context.addUsage })
        const result = data({ text, embeddings: vector })
        context.setStatus({ text, embeddings: vector })
        return result
      },
    },
  },
})
