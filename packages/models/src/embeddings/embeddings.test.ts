import { providerServer, reply, replyCut } from '@runnel/testing/provider-server'
import { describe, expect, test } from 'vitest'
import { azureEmbeddings } from './azure-embeddings.ts'
import { bedrockEmbeddings } from './bedrock-embeddings.ts'
import { cohereEmbeddings } from './cohere-embeddings.ts'
import { embeddingProvider, embeddingProviders, providerOfEmbeddings } from './embedding-catalogue.ts'
import type { EmbeddingSettings } from './http-embeddings.ts'

const { signal } = new AbortController()
const clock = { wait: async () => {}, now: () => 0, random: () => 0.5 }
const settings = (url: string): EmbeddingSettings => ({ apiKey: 'secret-1', modelId: 'm-1', baseUrl: url, clock })

const openAi = {
  path: '/embeddings',
  headers: { authorization: 'Bearer secret-1' },
  body: { model: 'm-1', input: ['a', 'b'], encoding_format: 'float', dimensions: 2 },
  answer: {
    data: [
      { index: 1, embedding: [0, 1] },
      { index: 0, embedding: [1, 0] },
    ],
  },
}
const protocols = [
  { title: 'OpenAI', ...openAi },
  { title: 'Mistral', ...openAi },
  { title: 'LM Studio', ...openAi },
  { title: 'OpenAI Compatible', ...openAi },
  { title: 'NVIDIA', ...openAi, body: { ...openAi.body, input_type: 'passage', truncate: 'END' } },
  {
    title: 'Google Generative AI',
    path: '/models/m-1:batchEmbedContents',
    headers: { 'x-goog-api-key': 'secret-1' },
    body: {
      requests: ['a', 'b'].map((text) => ({
        model: 'models/m-1',
        content: { parts: [{ text }] },
        taskType: 'RETRIEVAL_DOCUMENT',
        outputDimensionality: 2,
      })),
    },
    answer: { embeddings: [{ values: [1, 0] }, { values: [0, 1] }] },
  },
  {
    title: 'Cohere',
    path: '/v2/embed',
    headers: { authorization: 'Bearer secret-1' },
    body: {
      model: 'm-1',
      texts: ['a', 'b'],
      input_type: 'search_document',
      embedding_types: ['float'],
      output_dimension: 2,
    },
    answer: {
      embeddings: {
        float: [
          [1, 0],
          [0, 1],
        ],
      },
    },
  },
  {
    title: 'Ollama',
    path: '/api/embed',
    headers: { authorization: 'Bearer secret-1' },
    body: { model: 'm-1', input: ['a', 'b'], dimensions: 2 },
    answer: {
      embeddings: [
        [1, 0],
        [0, 1],
      ],
    },
  },
  {
    title: 'HuggingFace',
    path: '/m-1',
    headers: { authorization: 'Bearer secret-1' },
    body: { inputs: ['a', 'b'] },
    answer: [
      [1, 0],
      [0, 1],
    ],
  },
] as const

test.each(protocols)('$title is asked in its own way and gives one vector per text', async (protocol) => {
  await using server = await providerServer(reply(protocol.answer))
  const embeddings = embeddingProvider(protocol.title)?.create({ ...settings(server.url), dimensions: 2 })
  expect(await embeddings?.embed(['a', 'b'], signal)).toEqual([
    [1, 0],
    [0, 1],
  ])
  expect(server.requests).toMatchObject([{ path: protocol.path, headers: protocol.headers }])
  expect(server.requests[0]?.body).toEqual(protocol.body)
})

test.each([
  ['OpenAI', { data: [{ embedding: [1] }], usage: { prompt_tokens: 5, total_tokens: 5 } }, 5],
  ['OpenAI', { data: [{ embedding: [1] }], usage: { total_tokens: 4 } }, 4],
  ['Ollama', { embeddings: [[1]], prompt_eval_count: 3 }, 3],
  ['Cohere', { embeddings: { float: [[1]] }, meta: { billed_units: { input_tokens: 2 } } }, 2],
  ['Google Generative AI', { embeddings: [{ values: [1] }] }, undefined],
])('tells the tokens that %s has embedded', async (title, answer, tokens) => {
  await using server = await providerServer(reply(answer))
  const told: number[] = []
  const addUsage = (usage: { readonly total_tokens: number }) => void told.push(usage.total_tokens)
  await embeddingProvider(title)?.create(settings(server.url)).embed(['a'], signal, { addUsage })
  expect(told).toEqual(tokens === undefined ? [] : [tokens])
})

test('a text that is looked for is embedded as one, where models tell them apart', async () => {
  await using server = await providerServer(reply({ embeddings: [[1]] }))
  await cohereEmbeddings({ ...settings(server.url), truncate: 'START' }).embed(['a'], signal, { purpose: 'query' })
  expect(server.requests[0]?.body).toMatchObject({ input_type: 'search_query', truncate: 'START' })
})

test('Azure is asked for its deployment', async () => {
  await using server = await providerServer(reply({ data: [{ embedding: [1] }] }))
  const azure = azureEmbeddings({
    ...settings(server.url),
    baseUrl: server.url,
    deployment: 'my d',
    apiVersion: '2024-06-01',
  })
  expect(await azure.embed(['a'], signal)).toEqual([[1]])
  expect(server.requests).toMatchObject([
    { path: '/openai/deployments/my%20d/embeddings?api-version=2024-06-01', headers: { 'api-key': 'secret-1' } },
  ])
})

describe('Amazon Bedrock', () => {
  const credentials = { accessKeyId: 'AK', secretAccessKey: 'SK' }
  test('embeds text by text with Titan, each request signed', async () => {
    await using server = await providerServer(reply({ embedding: [1, 0] }))
    const modelId = 'amazon.titan-embed-text-v2:0'
    const titan = bedrockEmbeddings({
      ...settings(server.url),
      modelId,
      region: 'eu-west-1',
      credentials,
      dimensions: 256,
    })
    expect(await titan.embed(['a', 'b'], signal)).toEqual([
      [1, 0],
      [1, 0],
    ])
    expect(server.requests).toMatchObject([
      {
        path: '/model/amazon.titan-embed-text-v2%3A0/invoke',
        headers: {
          authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=AK\/19700101\/eu-west-1\/bedrock\//),
        },
        body: { inputText: 'a', dimensions: 256 },
      },
      { body: { inputText: 'b' } },
    ])
  })

  test('embeds many texts at once with Cohere, by a key of Bedrock', async () => {
    await using server = await providerServer(reply({ embeddings: [[1], [2]] }))
    const cohere = bedrockEmbeddings({
      ...settings(server.url),
      modelId: 'cohere.embed-english-v3',
      region: 'us-east-1',
    })
    expect(await cohere.embed(['a', 'b'], signal)).toEqual([[1], [2]])
    expect(server.requests).toMatchObject([
      { headers: { authorization: 'Bearer secret-1' }, body: { texts: ['a', 'b'], input_type: 'search_document' } },
    ])
  })
})

describe('every provider', () => {
  const openAiAt = (url: string, more: Partial<EmbeddingSettings> = {}) =>
    embeddingProvider('OpenAI')?.create({ ...settings(url), ...more })

  test('gets texts in batches and gives the vectors in their order', async () => {
    await using server = await providerServer(async (response) => {
      const { body } = server.requests.at(-1) ?? {}
      const texts = (body as { input: string[] }).input
      await reply({ data: texts.map((text) => ({ embedding: [Number(text)] })) })(response)
    })
    const texts = Array.from({ length: 10 }, (_, at) => String(at))
    const vectors = await openAiAt(server.url, { batchSize: 3, modelKwargs: { user: 'u' } })?.embed(texts, signal)
    expect(vectors).toEqual(texts.map((text) => [Number(text)]))
    expect(server.requests).toHaveLength(4)
    expect(server.requests[0]?.body).toMatchObject({ user: 'u' })
  })

  test('is asked again when it is busy or the connection is lost, and not when the key is wrong', async () => {
    const fine = reply({ data: [{ embedding: [1] }] })
    await using busy = await providerServer(reply('', { status: 503 }), replyCut('{"da'), fine)
    expect(await openAiAt(busy.url)?.embed(['a'], signal)).toEqual([[1]])
    expect(busy.requests).toHaveLength(3)
    await using wrong = await providerServer(reply({ error: { message: 'bad key secret-1' } }, { status: 401 }))
    const asked = openAiAt(wrong.url)?.embed(['a'], signal)
    await expect(asked).rejects.toMatchObject({ code: 'model_error', message: expect.not.stringContaining('secret-1') })
    expect(wrong.requests).toHaveLength(1)
  })

  test.each([
    [{ data: [{ embedding: [1] }] }, /1 vectors for 2 texts/],
    [{ data: [{ embedding: [1] }, { embedding: ['x'] }] }, /no vectors/],
    [{ data: [{ embedding: [] }, { embedding: [1] }] }, /no vectors/],
    [{ object: 'list' }, /no vectors/],
    ['[1', /no JSON/],
    ['1', /no object/],
  ])('fails at an answer without a vector for each text (%#)', async (answer, message) => {
    await using server = await providerServer(reply(answer))
    await expect(openAiAt(server.url)?.embed(['a', 'b'], signal)).rejects.toMatchObject({
      code: 'model_error',
      message,
    })
  })

  test('asks nothing for no texts, and nothing once the run is over', async () => {
    await using server = await providerServer(reply({}))
    expect(await openAiAt(server.url)?.embed([], signal)).toEqual([])
    await expect(openAiAt(server.url)?.embed(['a'], AbortSignal.abort(new Error('over')))).rejects.toThrow('over')
    expect(server.requests).toEqual([])
  })

  test('is found by its title, another title or the name of its model', () => {
    expect(embeddingProvider('Google')?.title).toBe('Google Generative AI')
    expect(providerOfEmbeddings('models/text-embedding-004')?.title).toBe('Google Generative AI')
    expect(providerOfEmbeddings('text-embedding-3-large')?.title).toBe('OpenAI')
    expect(providerOfEmbeddings('nobody')).toBeUndefined()
    expect(new Set(embeddingProviders.map(({ title }) => title)).size).toBe(embeddingProviders.length)
  })
})
