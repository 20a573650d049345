import { defineComponent, field } from '@runnel/sdk'
import { embeddedStore } from '../shared/embedded-store.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { storeFields } from '../shared/vector-store.ts'

const inputs = {
  index_name: field.string({ label: 'Index Name', info: 'The name of the index.', default: 'langflow_index' }),
  persist_directory: field.string({
    label: 'Persist Directory',
    info: 'Tells indexes of one name apart. They are all kept in the data folder of the server.',
  }),
  allow_dangerous_deserialization: field.bool({
    label: 'Allow Dangerous Deserialization',
    info: 'Kept for older flows: no file here holds code.',
    default: true,
    advanced: true,
  }),
  ...storeFields,
} as const

export const faiss = defineComponent({
  type: 'FAISS',
  aliases: ['FaissVectorStoreComponent'],
  displayName: 'FAISS',
  description: 'Finds texts by meaning in an index on this server. With data given, it holds these and nothing else.',
  icon: 'FAISS',
  category: 'FAISS',
  inputs,
  outputs: searching<typeof inputs>(requestOf, (inputs, context) => {
    const name = ['faiss', inputs.persist_directory.trim(), inputs.index_name.trim()].join('/')
    return embeddedStore('FAISS', context.vectors.collection(name), { keepsOthers: false })
  }),
})
