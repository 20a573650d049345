import { defineComponent, field } from '@runnel/sdk'
import { connectedStore } from '../shared/store-connection.ts'
import type { StoreInfo } from '../shared/store-info.ts'

export const vectorStoreInfo = defineComponent({
  type: 'VectorStoreInfo',
  aliases: ['VectorStoreInfoComponent'],
  displayName: 'VectorStoreInfo',
  description: 'Says what a vector store holds, for an agent that chooses among several.',
  icon: 'LangChain',
  category: 'langchain_utilities',
  legacy: true,
  inputs: {
    vectorstore_name: field.text({ label: 'Name', info: 'What the agent calls the store.', required: true }),
    vectorstore_description: field.multiline({
      label: 'Description',
      info: 'What the store holds. The agent chooses by it.',
      required: true,
    }),
    input_vectorstore: field.handle({
      label: 'Vector Store',
      info: 'The store.',
      accepts: ['VectorStore'],
      required: true,
    }),
  },
  outputs: {
    info: {
      type: 'Any',
      types: ['VectorStoreInfo'],
      label: 'Vector Store Info',
      method: 'build_info',
      run({ inputs, context }): StoreInfo {
        const { vectorstore_name: name, vectorstore_description: description } = inputs
        context.setStatus({ name, description })
        return {
          kind: 'store-info',
          name,
          description,
          store: connectedStore(inputs.input_vectorstore, 'Vector Store'),
        }
      },
    },
  },
})
