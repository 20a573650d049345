import type { RunContext } from '@runnel/sdk'
import { httpOf } from '@runnel/testing/answering-server'
import { fakeDocling } from '@runnel/testing/fake-docling'
import { expect, test } from 'vitest'
import { doclingServe } from './docling-serve.ts'

const file = { name: 'a.pdf', mediaType: '', bytes: new TextEncoder().encode('x') }
function convert(failures: number) {
  const answer = httpOf(fakeDocling({ failures }))
  const http = {
    fetch: async (url: string, request: object) => ({ url, headers: {}, redirects: [], ...answer(url, request) }),
  }
  // All of the context that the server needs.
  const context = { http, signal: new AbortController().signal } as unknown as RunContext
  return doclingServe({ url: 'http://docling.test', headers: {}, options: {} }, context, 0).convert(file)
}

test('asks again while a server fails to say how far it is, but not for ever', async () => {
  await expect(convert(5)).resolves.toMatchObject({ text: '# x' })
  await expect(convert(6)).rejects.toThrow('Docling: The server failed 6 times, at last with the status 500.')
})
