import { httpOf } from '@runnel/testing/answering-server'
import { runComponent } from '@runnel/testing/run-component'
import { fakeVectara } from '@runnel/testing/stores/fake-vectara'
import { storeTrial } from '@runnel/testing/stores/store-trial'
import { expect, test } from 'vitest'
import { vectara } from './vectara.ts'
import { vectaraRag } from './vectara-rag.ts'

const account = { vectara_customer_id: '42', vectara_corpus_id: '7', vectara_api_key: 'key' }

async function answer(inputs: object) {
  const service = fakeVectara()
  await storeTrial(vectara, service, account).keep()
  const seen: Parameters<typeof httpOf>[1] = []
  const asked = { ...account, search_query: 'When is the refund paid?', ...inputs }
  const { answer } = await runComponent(vectaraRag, asked, { http: httpOf(service, seen) })
  return { answer, body: seen[0]?.body }
}

test('answers a question out of the corpus', async () => {
  const { answer: said, body } = await answer({ response_lang: 'deu', filter: "(part.topic = 'money')" })
  expect(said).toMatchObject({ text: 'The refund is paid within fourteen days. (deu)' })
  expect(body).toMatchObject({
    query: [
      {
        numResults: 50,
        corpusKey: [{ metadataFilter: "(part.topic = 'money')", lexicalInterpolationConfig: { lambda: 0.005 } }],
        rerankingConfig: { rerankerId: 272725718, mmrConfig: { diversityBias: 0.2 } },
        summary: [{ maxSummarizedResults: 7, responseLang: 'deu' }],
      },
    ],
  })
})

test('puts what was found in order as it is told', async () => {
  const { body: multilingual } = await answer({ reranker: 'rerank_multilingual_v1' })
  expect(multilingual).toMatchObject({ query: [{ rerankingConfig: { rerankerId: 272725719 } }] })
  const { body: none } = await answer({ reranker: 'none' })
  expect(none).toMatchObject({ query: [{ numResults: 7 }] })
  expect(JSON.stringify(none)).not.toContain('rerankingConfig')
})

test('says why there is no answer', async () => {
  await expect(answer({ prompt: 'vectara-summary-ext-24-05-large' })).rejects.toThrow(
    'This prompt is not in your plan.',
  )
})
