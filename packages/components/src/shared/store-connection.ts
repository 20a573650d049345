import { AppError } from '@runnel/protocol/errors'
import { type Fields, isVectorStore, type RunArguments, type VectorStore } from '@runnel/sdk'

/** The store itself as outputs, for what searches it later: under the name of today and those of files of 1.0 to 1.2. */
export function storeConnections<F extends Fields>(connect: (args: RunArguments<F>) => Promise<VectorStore>) {
  const behindTheNode = { hidden: true, tool: false, run: connect } as const
  return {
    vectorstoreconnection: {
      type: 'VectorStore',
      label: 'Vector Store Connection',
      method: 'as_vector_store',
      ...behindTheNode,
    },
    vector_store: { type: 'VectorStore', label: 'Vector Store', method: 'cast_vector_store', ...behindTheNode },
    base_retriever: {
      type: 'Any',
      types: ['Retriever'],
      label: 'Retriever',
      method: 'build_base_retriever',
      ...behindTheNode,
    },
  } as const
}

/** The store an edge brings. @throws AppError `invalid_field` when there is none; `field` is its title */
export function connectedStore(value: unknown, field: string): VectorStore {
  const store: unknown = Array.isArray(value) ? value[0] : value
  if (isVectorStore(store)) return store
  throw new AppError('invalid_field', [`There is no vector store. Connect one to ${field}.`])
}
