import { defineComponent } from '@runnel/sdk'
import { ingestKnowledge, knowledgeFields } from '../shared/knowledge-node.ts'

const { knowledge_base, input_df, column_config, chunk_size, api_key, allow_duplicates, metadata_json } =
  knowledgeFields

export const knowledgeIngestion = defineComponent({
  type: 'KnowledgeIngestion',
  aliases: ['KnowledgeIngestionComponent', 'KBIngestion'],
  displayName: 'Knowledge Ingestion',
  description: 'Keeps texts in a knowledge base.',
  icon: 'upload',
  category: 'files_and_knowledge',
  legacy: true,
  replacement: ['files_and_knowledge.Knowledge'],
  inputs: { knowledge_base, input_df, column_config, chunk_size, api_key, allow_duplicates, metadata_json },
  outputs: {
    dataframe_output: {
      type: 'Data',
      label: 'Results',
      method: 'build_kb_info',
      run: ({ inputs, context }) => ingestKnowledge(inputs, context),
    },
  },
})
