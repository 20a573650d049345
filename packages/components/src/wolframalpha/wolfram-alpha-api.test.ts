import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { wolframAlphaApi } from './wolfram-alpha-api.ts'

const ask = (queryresult: unknown, seen: string[] = []) =>
  runComponent(
    wolframAlphaApi,
    { input_value: '2x+5=0', app_id: 'id' },
    {
      http: (url) => {
        seen.push(url)
        return JSON.stringify({ queryresult })
      },
    },
  )
const pod = (...texts: readonly string[]) => ({ subpods: texts.map((plaintext) => ({ plaintext })) })

test('gives what the question is taken for and the first answer', async () => {
  const seen: string[] = []
  const { dataframe, data } = await ask(
    { pods: [pod('solve 2 x + 5 = 0'), pod(''), pod('x = -5/2'), pod('plot')] },
    seen,
  )
  expect(dataframe).toMatchObject({ rows: [{ text: 'Assumption: solve 2 x + 5 = 0 \nAnswer: x = -5/2' }] })
  expect(data).toMatchObject([{ data: { text: 'Assumption: solve 2 x + 5 = 0 \nAnswer: x = -5/2' } }])
  expect(seen).toEqual(['https://api.wolframalpha.com/v2/query?input=2x%2B5%3D0&appid=id&output=json&format=plaintext'])
})

test('says that there is no answer', async () => {
  const { dataframe } = await ask({ success: false })
  expect(dataframe).toMatchObject({ rows: [{ text: "Wolfram Alpha wasn't able to answer it" }] })
})

test('says what WolframAlpha refuses', async () => {
  await expect(ask({ error: { code: '1', msg: 'Invalid appid' } })).rejects.toThrow('WolframAlpha: Invalid appid')
})
