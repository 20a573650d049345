import { dataFrame, defineComponent, field } from '@runnel/sdk'
import { embeddedStore } from '../shared/embedded-store.ts'
import { dataOf } from '../shared/store-documents.ts'
import { searchStore, storeFields } from '../shared/vector-store.ts'

const { ingest_data, search_query, should_cache_vector_store, embedding, number_of_results, advanced_search_filter } =
  storeFields

export const localDb = defineComponent({
  type: 'LocalDB',
  aliases: ['LocalDBComponent'],
  displayName: 'Local DB',
  description: 'Keeps texts in a collection on this server, or finds them there by meaning.',
  icon: 'database',
  category: 'vectorstores',
  legacy: true,
  replacement: ['files_and_knowledge.Knowledge'],
  inputs: {
    mode: field.tab({
      label: 'Mode',
      info: 'Keep texts, or find them.',
      options: ['Ingest', 'Retrieve'],
      default: 'Ingest',
      refresh: true,
    }),
    collection_name: field.text({
      label: 'Collection Name',
      info: 'The name of the collection.',
      default: 'langflow',
      required: true,
    }),
    persist_directory: field.text({
      label: 'Persist Directory',
      info: 'Tells collections of one name apart. They are all kept in the data folder of the server.',
      advanced: true,
    }),
    existing_collections: field.dropdown({
      label: 'Existing Collections',
      info: 'A collection that is there, instead of the name above.',
      options: [],
      free: true,
      show: false,
    }),
    embedding,
    allow_duplicates: field.bool({
      label: 'Allow Duplicates',
      info: 'Kept for older flows: what is the same is kept once.',
      advanced: true,
    }),
    search_type: field.dropdown({
      label: 'Search Type',
      info: 'The nearest texts, or near ones that are unlike one another.',
      options: ['Similarity', 'MMR'],
      default: 'Similarity',
      advanced: true,
    }),
    ingest_data,
    search_query,
    should_cache_vector_store,
    number_of_results,
    advanced_search_filter,
    limit: field.int({
      label: 'Limit',
      info: 'Kept for older flows: duplicates are found among all texts.',
      advanced: true,
    }),
  },
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'DataFrame',
      method: 'perform_search',
      async run({ inputs, context }) {
        const name = inputs.existing_collections || inputs.collection_name
        const collection = context.vectors.collection(['local', inputs.persist_directory.trim(), name].join('/'))
        const found = await searchStore(
          {
            backend: () => embeddedStore('Local DB', collection),
            embedding: inputs.embedding,
            documents: inputs.ingest_data,
            query: inputs.search_query,
            limit: inputs.number_of_results,
            filter: inputs.advanced_search_filter,
            searchType: inputs.search_type,
          },
          context,
        )
        return dataFrame(found.map((document) => dataOf(document).data))
      },
    },
  },
})
