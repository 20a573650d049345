import type { FakeService } from './answering-server.ts'
import type { WebAnswer, WebRequest } from './fake-web.ts'

/** A fake service as a host of the fake web. */
export function hosted(service: FakeService): (request: WebRequest) => WebAnswer {
  return ({ method, url, headers, body }) => {
    const path = url.pathname + url.search
    const asked = { method, path, headers, body: body === '' ? undefined : JSON.parse(body) }
    const { status = 200, body: said } = service(asked)
    return { status, body: typeof said === 'string' ? said : JSON.stringify(said ?? '') }
  }
}
