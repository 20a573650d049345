import { field, type InputsOf } from '@runnel/sdk'
import type { SearchType } from './vector-store.ts'

/** How near what a Data API finds must be: the fields of its stores. */
export const nearnessFields = {
  search_type: field.dropdown({
    label: 'Search Type',
    info: 'The nearest texts, those that are near enough, or near ones that are unlike one another.',
    options: ['Similarity', 'Similarity with score threshold', 'MMR (Max Marginal Relevance)'],
    default: 'Similarity',
    advanced: true,
  }),
  search_score_threshold: field.float({
    label: 'Search Score Threshold',
    info: 'How near is near enough, from 0 to 1.',
    default: 0,
    advanced: true,
  }),
} as const

/** The search those fields ask for. */
export const searchTypeOf = ({ search_type }: InputsOf<typeof nearnessFields>): SearchType =>
  search_type === 'MMR (Max Marginal Relevance)' ? 'MMR' : search_type

/** How the older components reach a database: by its address. */
export const astraAccessFields = {
  token: field.secret({
    label: 'Astra DB Application Token',
    info: 'The token of your database.',
    variable: 'ASTRA_DB_APPLICATION_TOKEN',
    required: true,
  }),
  api_endpoint: field.secret({
    label: 'API Endpoint',
    info: 'Where the database answers.',
    variable: 'ASTRA_DB_API_ENDPOINT',
    required: true,
  }),
} as const

/** Where a collection is: the fields of components that ask Astra DB itself. */
export const astraAddressFields = {
  token: field.secret({
    label: 'Astra DB Application Token',
    info: 'The token of your database.',
    variable: 'ASTRA_DB_APPLICATION_TOKEN',
    required: true,
    refresh: true,
  }),
  environment: field.dropdown({
    label: 'Environment',
    info: 'Which Astra DB is asked.',
    options: ['prod', 'test', 'dev'],
    default: 'prod',
    free: true,
    advanced: true,
  }),
  database_name: field.dropdown({
    label: 'Database',
    info: 'The name of the database.',
    options: [],
    free: true,
    required: true,
    refresh: true,
  }),
  api_endpoint: field.dropdown({
    label: 'Astra DB API Endpoint',
    info: 'The address of the database, instead of its name.',
    options: [],
    free: true,
    advanced: true,
  }),
  keyspace: field.dropdown({
    label: 'Keyspace',
    info: 'The part of the database to use: default_keyspace unless given.',
    options: [],
    free: true,
    advanced: true,
  }),
  collection_name: field.dropdown({
    label: 'Collection',
    info: 'The collection; made when it is not there.',
    options: [],
    free: true,
    required: true,
    refresh: true,
  }),
} as const
