import { AppError } from '@runnel/protocol/errors'
import { defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { mongodbCollection } from '../shared/mongodb-collection.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { type StoreBackend, storeFields } from '../shared/vector-store.ts'

const inputs = {
  mongodb_atlas_cluster_uri: field.secret({
    label: 'MongoDB Atlas Cluster URI',
    info: 'mongodb+srv://USER:PASSWORD@HOST/',
    required: true,
  }),
  enable_mtls: field.bool({
    label: 'Enable mTLS',
    info: 'Sign in with a certificate.',
    required: true,
    advanced: true,
  }),
  mongodb_atlas_client_cert: field.secret({
    label: 'MongoDB Atlas Combined Client Certificate',
    info: 'The private key and the certificate, one after the other, as PEM.',
  }),
  db_name: field.string({ label: 'Database Name', info: 'The database.', required: true }),
  collection_name: field.string({ label: 'Collection Name', info: 'The collection.', required: true }),
  index_name: field.string({
    label: 'Index Name',
    info: 'The index of the vectors; made when it is not there.',
    required: true,
  }),
  ...storeFields,
  insert_mode: field.dropdown({
    label: 'Insert Mode',
    info: 'Keep new texts besides the others, or in their place.',
    options: ['append', 'overwrite'],
    default: 'append',
    advanced: true,
  }),
  index_field: field.string({
    label: 'Index Field',
    info: 'Where documents keep their vectors.',
    default: 'embedding',
    required: true,
    advanced: true,
  }),
  filter_field: field.string({
    label: 'Filter Field',
    info: 'Entries the index can be filtered by, with commas between.',
    advanced: true,
  }),
  number_dimensions: field.int({
    label: 'Number of Dimensions',
    info: 'Kept for older flows: a new index is made for the vectors there are.',
    default: 1536,
    required: true,
    advanced: true,
  }),
  similarity: field.dropdown({
    label: 'Similarity',
    info: 'How a new index compares vectors.',
    options: ['cosine', 'euclidean', 'dotProduct'],
    default: 'cosine',
    advanced: true,
  }),
  quantization: field.dropdown({
    label: 'Quantization',
    info: 'A new index keeps vectors smaller.',
    options: ['scalar', 'binary'],
    advanced: true,
  }),
} as const
type Inputs = InputsOf<typeof inputs>

export const mongodbAtlas = defineComponent({
  type: 'MongoDBAtlasVector',
  aliases: ['MongoVectorStoreComponent'],
  displayName: 'MongoDB Atlas',
  description: 'Keeps texts in a collection of MongoDB Atlas and finds them by meaning.',
  icon: 'MongoDB',
  category: 'mongodb',
  inputs,
  outputs: searching<typeof inputs>(requestOf, mongodbStore),
})

function mongodbStore(chosen: Inputs, context: RunContext): StoreBackend {
  const name = (given: string, label: string): string => {
    if (given.trim() === '') throw new AppError('invalid_field', [`${label} is empty.`])
    return given.trim()
  }
  return mongodbCollection(
    {
      address: chosen.mongodb_atlas_cluster_uri,
      certificate: chosen.enable_mtls ? chosen.mongodb_atlas_client_cert : '',
      database: name(chosen.db_name, 'Database Name'),
      collection: name(chosen.collection_name, 'Collection Name'),
      overwrites: chosen.insert_mode === 'overwrite',
      index: {
        name: name(chosen.index_name, 'Index Name'),
        field: chosen.index_field.trim() || 'embedding',
        filters: chosen.filter_field.split(',').flatMap((one) => one.trim() || []),
        similarity: chosen.similarity,
        quantization: chosen.quantization ?? '',
      },
    },
    context,
  )
}
