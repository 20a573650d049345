import { AppError } from '@runnel/protocol/errors'
import { data, defineComponent, field, type InputsOf } from '@runnel/sdk'
import { chunksOf } from '../processing/split-text.ts'
import { redisIndex } from '../shared/redis-index.ts'
import { documentsIn } from '../shared/store-documents.ts'
import { requestOf, searching } from '../shared/store-node.ts'
import { storeFields } from '../shared/vector-store.ts'

const inputs = {
  redis_server_url: field.secret({
    label: 'Redis Server Connection String',
    info: 'redis://USER:PASSWORD@HOST:PORT, or rediss:// for an encrypted connection.',
    required: true,
  }),
  redis_index_name: field.string({ label: 'Redis Index', info: 'The index; made when it is not there.' }),
  code: field.string({ label: 'Code', info: 'Kept for older flows; changes nothing.', advanced: true }),
  schema: field.string({ label: 'Schema', info: 'Kept for older flows: an index tells its schema itself.' }),
  ...storeFields,
} as const
type Inputs = InputsOf<typeof inputs>

/** Texts are kept in pieces of so many characters, cut at empty lines. */
const PIECES = { size: 1000, overlap: 0, separator: '\n\n' }

export const redis = defineComponent({
  type: 'Redis',
  aliases: ['RedisVectorStoreComponent'],
  displayName: 'Redis',
  description: 'Keeps texts in a Redis server with search and finds them by meaning.',
  icon: 'Redis',
  category: 'redis',
  inputs,
  outputs: searching<typeof inputs>(
    (inputs, open) => requestOf(inputs, open, { documents: piecesOf(inputs.ingest_data) }),
    ({ redis_server_url, redis_index_name }, context) => {
      const name = redis_index_name.trim()
      if (name === '') throw new AppError('invalid_field', ['No index is named. Write its name into Redis Index.'])
      return redisIndex(redis_server_url, name, context)
    },
  ),
})

const piecesOf = (given: Inputs['ingest_data']) =>
  documentsIn(given).flatMap(({ text, metadata }) =>
    chunksOf(text, PIECES).map((piece) => data({ ...metadata, text: piece })),
  )
