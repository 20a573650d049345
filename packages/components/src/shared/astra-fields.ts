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
