import http from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request for a page of the fake web. */
export interface WebRequest {
  readonly method: string
  /** As the caller meant it, `https://api.tavily.com/search`. */
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A body; JSON unless it is text. */
export type WebAnswer = string | object | { readonly status: number; readonly body: string }

/** What each host answers, by name; `*` stands for all others. */
export type Hosts = Readonly<Record<string, (request: WebRequest) => WebAnswer>>

export interface FakeWeb extends AsyncDisposable {
  readonly requests: readonly WebRequest[]
  /** Where a request for this address goes instead. */
  locate(url: string): string
}

/** Other servers, all of them on one port of loopback. An unknown host is a 502. */
export async function fakeWeb(hosts: Hosts): Promise<FakeWeb> {
  const requests: WebRequest[] = []
  const server = http.createServer(async (incoming, response) => {
    let body = ''
    for await (const chunk of incoming.setEncoding('utf8')) body += chunk
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
    const url = new URL(decodeURIComponent((incoming.url ?? '').slice(1)))
    const request = { method: incoming.method ?? 'GET', url, headers, body }
    requests.push(request)
    const answer = (hosts[url.hostname] ?? hosts['*'])?.(request)
    if (answer === undefined) response.writeHead(502).end(`Nobody plays ${url.hostname}`)
    else if (typeof answer === 'string') response.writeHead(200, { 'content-type': typeOf(answer) }).end(answer)
    else if ('status' in answer && 'body' in answer && typeof answer.status === 'number') {
      response.writeHead(answer.status).end(String(answer.body))
    } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server listening on a port has no other form of address
  return {
    requests,
    locate: (url) => `http://127.0.0.1:${port}/${encodeURIComponent(url)}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const typeOf = (text: string): string =>
  text.startsWith('<?xml') ? 'application/xml' : text.startsWith('<') ? 'text/html; charset=utf-8' : 'text/plain'
