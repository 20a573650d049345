import http, { type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ProviderRequestSeen {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** The JSON of the body; the text of one that is a form. */
  readonly body: unknown
  /** Resolves when the connection of this request is closed. */
  readonly closed: Promise<void>
}

/** Answers one request. */
export type ProviderReply = (response: ServerResponse) => void | Promise<void>

export interface ProviderServer extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly requests: readonly ProviderRequestSeen[]
}

/** A model provider on loopback that gives the replies in turn, the last one for ever. */
export async function providerServer(...replies: readonly ProviderReply[]): Promise<ProviderServer> {
  const requests: ProviderRequestSeen[] = []
  const server = http.createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request.setEncoding('utf8')) text += chunk
    const closed = new Promise<void>((resolve) => response.once('close', () => resolve()))
    const index = Math.min(requests.length, replies.length - 1)
    requests.push({ path: request.url ?? '', headers: request.headers, body: bodyOf(text), closed })
    await replies[index]?.(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server listening on a port has no other form of address
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const bodyOf = (text: string): unknown => (/^[[{"]/.test(text) ? JSON.parse(text) : text)

/** A whole body; JSON unless it is text. */
export function reply(
  body: unknown,
  { status = 200, headers = {} }: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): ProviderReply {
  return (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text)
  }
}

/** A whole chat completion of one text. */
export const replyText = (content: string): ProviderReply =>
  reply({ choices: [{ message: { content }, finish_reason: 'stop' }] })

/** A stream of the given pieces of text, then a proper end. */
export function replyStream(...pieces: readonly (string | Uint8Array)[]): ProviderReply {
  return (response) => {
    beginStream(response, ...pieces)
    response.end()
  }
}

/** The pieces, then the connection is cut. */
export function replyCut(...pieces: readonly (string | Uint8Array)[]): ProviderReply {
  return (response) => {
    beginStream(response, ...pieces)
    response.write('', () => setImmediate(() => response.destroy()))
  }
}

/** The pieces, then nothing; the connection stays open. */
export function replyHanging(...pieces: readonly (string | Uint8Array)[]): ProviderReply {
  return (response) => {
    if (pieces.length > 0) beginStream(response, ...pieces)
  }
}

function beginStream(response: ServerResponse, ...pieces: readonly (string | Uint8Array)[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  for (const piece of pieces) response.write(piece)
}
