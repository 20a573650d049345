import { defineComponent } from '@runnel/sdk'
import { knowledgeFields, searchKnowledge } from '../shared/knowledge-node.ts'

const { knowledge_base, api_key, search_query, top_k, include_metadata, include_embeddings } = knowledgeFields
const { search_method, metadata_filter } = knowledgeFields

export const knowledgeRetrieval = defineComponent({
  type: 'KnowledgeRetrieval',
  aliases: ['KnowledgeBase', 'KnowledgeRetrievalComponent', 'KnowledgeBaseComponent', 'KBRetrieval'],
  displayName: 'Knowledge Retrieval',
  description: 'Finds texts in a knowledge base.',
  icon: 'download',
  category: 'files_and_knowledge',
  legacy: true,
  replacement: ['files_and_knowledge.Knowledge'],
  inputs: {
    knowledge_base,
    api_key,
    search_query,
    top_k,
    include_metadata,
    include_embeddings,
    search_method,
    metadata_filter,
  },
  outputs: {
    retrieve_data: {
      type: 'DataFrame',
      label: 'Results',
      method: 'retrieve_data',
      run: ({ inputs, context }) => searchKnowledge(inputs, context),
    },
  },
})
