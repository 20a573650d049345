import type { FastifyRequest } from 'fastify'

/** The languages the server has words of its own in. */
export type ReaderLanguage = 'en' | 'zh'

/** The language a reader prefers, of those there are: what `Accept-Language` begins with, else English. */
export const readerLanguage = ({ headers }: Pick<FastifyRequest, 'headers'>): ReaderLanguage =>
  /^\s*zh\b/i.test(headers['accept-language'] ?? '') ? 'zh' : 'en'
