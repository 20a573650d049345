import { expect, test } from 'vitest'
import { flowSource } from './flow-address.ts'

const id = '3fa85f64-5717-4562-b3fc-2c963f66afa6'

test.each([
  [`https://a.example/flow/${id}`, 'https://a.example'],
  [`https://a.example/flow/${id}/folder/${id}`, 'https://a.example'],
  [`http://a.example:7860/playground/${id}/`, 'http://a.example:7860'],
  [`https://a.example/tools/flow/${id}?panel=playground`, 'https://a.example/tools'],
  [`https://a.example/api/v1/flows/${id}`, 'https://a.example'],
  [` https://a.example/api/v1/flows/public_flow/${id}`, 'https://a.example'],
])('%s is a flow of the server at %s', (address, base) => {
  expect(flowSource(address)).toEqual({
    kind: 'server',
    url: `${base}/api/v1/flows/${id}`,
    publicUrl: `${base}/api/v1/flows/public_flow/${id}`,
  })
})

test.each([
  ['https://a.example/flows/Simple%20Agent.json?raw=1', 'https://a.example/flows/Simple%20Agent.json?raw=1'],
  ['https://github.com/ada/flows/blob/main/a/b.json', 'https://raw.githubusercontent.com/ada/flows/main/a/b.json'],
  ['https://github.com/ada/flows', 'https://github.com/ada/flows'],
])('%s is the file %s', (address, url) => {
  expect(flowSource(address)).toEqual({ kind: 'file', url })
})

test.each(['', 'a flow', '{"nodes": []}', 'ftp://a.example/x.json', 'file:///etc/passwd'])(
  '%j is no web address',
  (text) => expect(flowSource(text)).toBeUndefined(),
)
