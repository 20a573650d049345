import { embedThrough } from '@runnel/testing/embedding-server'
import { expect, test } from 'vitest'
import { amazonBedrockEmbeddings } from './amazon-bedrock-embeddings.ts'

test('asks Bedrock with a signed request', async () => {
  const inputs = (url: string) => ({ endpoint_url: url, aws_access_key_id: 'AK', aws_secret_access_key: 'SK' })
  const { vectors, asked } = await embedThrough(amazonBedrockEmbeddings, inputs, { embedding: [1, 2] })
  expect(vectors).toEqual([[1, 2]])
  expect(asked).toMatchObject({
    path: '/model/amazon.titan-embed-text-v1/invoke',
    headers: { authorization: expect.stringContaining('Credential=AK/') },
    body: { inputText: 'a' },
  })
})

test('says that the access key is missing', async () => {
  await expect(
    embedThrough(amazonBedrockEmbeddings, () => ({ aws_access_key_id: '', aws_secret_access_key: '' }), {}),
  ).rejects.toThrow('needs an access key')
})
