import type { HttpRequest } from '@runnel/sdk'
import { expect, test } from 'vitest'
import { lentFetch } from './lent-fetch.ts'

const never = new AbortController().signal

function way() {
  const asked: { readonly url: string; readonly request: HttpRequest; readonly signal: AbortSignal }[] = []
  const http = {
    async fetch(url: string, request: HttpRequest, signal: AbortSignal) {
      asked.push({ url, request, signal })
      return { url, status: 404, headers: { a: 'b' }, body: new TextEncoder().encode('gone'), redirects: [] }
    },
  }
  return { asked, http }
}

test('code gets the answer as text, whatever its status', async () => {
  const { http } = way()
  await expect(lentFetch({ http, signal: never })(['https://a.example/'], never)).resolves.toEqual({
    url: 'https://a.example/',
    status: 404,
    headers: { a: 'b' },
    text: 'gone',
  })
})

test('only what a request may hold is passed on', async () => {
  const { asked, http } = way()
  const options = {
    method: 'post',
    headers: { n: 1 },
    body: 'x',
    timeoutMs: 5,
    maxBytes: 1e12,
    redirects: 99,
    other: 1,
  }
  await lentFetch({ http, signal: never })(['https://a.example/', options], never)
  expect(asked[0]?.request).toEqual({
    method: 'POST',
    headers: { n: '1' },
    body: 'x',
    timeoutMs: 5,
    maxBytes: 4 * 1024 * 1024,
  })
})

test('the call ends with the run and with the code', async () => {
  const { asked, http } = way()
  const run = new AbortController()
  const code = new AbortController()
  const fetch = lentFetch({ http, signal: run.signal })
  await fetch(['https://a.example/'], code.signal)
  await fetch(['https://a.example/'], never)
  code.abort()
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
  run.abort()
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true])
})

test('an address that is no text is refused', async () => {
  await expect(lentFetch({ ...way(), signal: never })([7], never)).rejects.toThrow('fetch needs an address')
})
