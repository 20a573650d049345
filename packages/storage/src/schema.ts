import { initial } from './migrations/0001-initial.ts'

/** The whole schema as it is now: what an empty database gets in place of the chain of migrations. */
export const currentSchema = initial
