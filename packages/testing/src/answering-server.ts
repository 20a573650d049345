import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HttpAnswer, HttpRequest } from '@runnel/sdk'

/** A request as a fake service sees it. */
export interface ServiceRequest {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  /** The JSON of the body; lines of JSON are a list, any other text itself; undefined when there is none. */
  readonly body: unknown
}

export interface ServiceAnswer {
  readonly status?: number
  /** JSON, or a text as it is. */
  readonly body?: unknown
}

/** A service written as a function, that keeps what it is told like the real one. */
export type FakeService = (request: ServiceRequest) => ServiceAnswer

/** The service for `runComponent`'s `http`, at whatever host is asked; `seen` collects the requests. */
export function httpOf(service: FakeService, seen: (ServiceRequest & { readonly url: string })[] = []) {
  return (url: string, request: HttpRequest): Partial<HttpAnswer> => {
    const { pathname, search } = new URL(url)
    const headers = Object.fromEntries(
      Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const asked = {
      url,
      method: request.method ?? 'GET',
      path: pathname + search,
      headers,
      body: jsonIn(request.body === undefined ? '' : Buffer.from(request.body).toString()),
    }
    seen.push(asked)
    const { status = 200, body } = service(asked)
    return { status, body: new TextEncoder().encode(textOf(body)) }
  }
}

export interface AnsweringServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly seen: readonly ServiceRequest[]
}

/** The service on loopback, for tests of whole runs. */
export async function answeringServer(service: FakeService): Promise<AnsweringServer> {
  const seen: ServiceRequest[] = []
  const server = http.createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    )
    const asked = { method: request.method ?? 'GET', path: request.url ?? '/', headers, body: jsonIn(text) }
    seen.push(asked)
    const { status = 200, body } = service(asked)
    response.writeHead(status, { 'content-type': 'application/json' }).end(textOf(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server listening on a port has no other form of address
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function jsonIn(text: string): unknown {
  if (text.trim() === '') return undefined
  const lines = text.split('\n').filter((line) => line !== '')
  return parsed(() => JSON.parse(text)) ?? parsed(() => lines.map((line) => JSON.parse(line))) ?? text
}

function parsed(parse: () => unknown): unknown {
  try {
    return parse()
  } catch {
    return undefined // The body is of another kind.
  }
}

const textOf = (body: unknown): string =>
  body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
