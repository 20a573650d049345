import { type FakeService, httpOf, type ServiceRequest } from '@runnel/testing/answering-server'
import { runComponent } from '@runnel/testing/run-component'
import { sharedWords } from '@runnel/testing/stores/kept-documents'
import { trialDocuments } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { cohereRerank } from './cohere-rerank.ts'

/** Compares by the words that texts share. */
const cohere: FakeService = ({ headers, body }) => {
  if (headers.authorization !== 'Bearer key') return { status: 401, body: { message: 'invalid api token' } }
  const { documents, query, top_n } = Object(body)
  const scored = documents.map((text: string, index: number) => ({ index, relevance_score: sharedWords(text, query) }))
  const results = scored.toSorted(
    (a: { relevance_score: number }, b: { relevance_score: number }) => b.relevance_score - a.relevance_score,
  )
  return { body: { results: results.slice(0, top_n) } }
}
const given = { search_results: trialDocuments, search_query: 'closed on Mondays', api_key: 'key', top_n: 2 }

test('keeps the best, with how good they are', async () => {
  const seen: (ServiceRequest & { readonly url: string })[] = []
  const { reranked_documents } = await runComponent(cohereRerank, given, { http: httpOf(cohere, seen) })
  expect(reranked_documents).toMatchObject([
    { data: { text: 'The warehouse is closed on Mondays.', page: 3, relevance_score: 3 } },
    { data: { text: 'The office is closed on Sundays.', relevance_score: 2 } },
  ])
  expect(seen).toMatchObject([{ url: 'https://api.cohere.com/v2/rerank', body: { model: 'rerank-english-v3.0' } }])
})

test('asks nothing where there is nothing to compare', async () => {
  const run = await runComponent(cohereRerank, { ...given, search_results: [] })
  expect(run.reranked_documents).toEqual([])
})

test.each([
  ['', 'The Cohere API key is missing'],
  ['wrong', '401 - {"message":"invalid api token"}'],
])('says what is wrong with the key %j', async (api_key, why) => {
  const run = runComponent(cohereRerank, { ...given, api_key }, { http: httpOf(cohere) })
  await expect(run).rejects.toThrow(why)
})
