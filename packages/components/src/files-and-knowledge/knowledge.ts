import { data, dataFrame, defineComponent, field, type RunArguments, type RunContext } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { ingestKnowledge, knowledgeFields, searchKnowledge } from '../shared/knowledge-node.ts'
import { shownFields } from '../shared/shown-fields.ts'

const { knowledge_base, input_df, column_config, chunk_size, api_key, allow_duplicates, metadata_json } =
  knowledgeFields
const { search_query, top_k, include_metadata, include_embeddings, search_method, metadata_filter } = knowledgeFields

const inputs = {
  knowledge_base,
  mode: field.tab({
    label: 'Mode',
    info: 'Keep texts, or find them.',
    options: ['Ingest', 'Retrieve'],
    default: 'Ingest',
    tool: true,
    refresh: true,
  }),
  input_df,
  column_config,
  chunk_size,
  api_key,
  allow_duplicates,
  metadata_json,
  search_query,
  top_k,
  include_metadata,
  include_embeddings,
  search_method,
  metadata_filter,
} as const
type Inputs = RunArguments<typeof inputs>['inputs']

/** What only keeping texts asks for. */
const INGESTING = { input_df, column_config, chunk_size, allow_duplicates, metadata_json }

export const knowledge = defineComponent({
  type: 'Knowledge',
  aliases: ['KnowledgeComponent'],
  displayName: 'Knowledge',
  description: 'Keeps texts in a knowledge base, or finds them there.',
  icon: 'database',
  category: 'files_and_knowledge',
  inputs,
  // Some of them are needed, which would keep a node that only searches from running.
  dynamicInputs: ({ mode }) => shownFields(INGESTING, () => !isRetrieve(mode)),
  outputs: {
    dataframe_output: {
      type: 'Data',
      label: 'Results',
      method: 'build_kb_info',
      types: ['JSON'],
      run: async ({ inputs, context }) =>
        isSearch(inputs) ? data({ results: (await search(inputs, context)).rows }) : ingest(inputs, context),
    },
    retrieve_data: {
      type: 'DataFrame',
      label: 'Results',
      method: 'retrieve_data',
      types: ['Table'],
      run: async ({ inputs, context }) =>
        isSearch(inputs) ? search(inputs, context) : dataFrame([(await ingest(inputs, context)).data]),
    },
  },
})

const isRetrieve = (mode: unknown): boolean => String(mode).includes('Retrieve')

/** The mode alone decides what either output gives. */
const isSearch = ({ mode }: Inputs): boolean => isRetrieve(mode)

const search = (inputs: Inputs, context: RunContext) =>
  oncePerBuild(context, 'search', () => searchKnowledge(inputs, context))
const ingest = (inputs: Inputs, context: RunContext) =>
  oncePerBuild(context, 'ingest', () => ingestKnowledge(inputs, context))
