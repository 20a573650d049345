import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

/** A span as it arrived. */
export interface CollectedSpan {
  readonly traceId: string
  readonly spanId: string
  /** Empty for the first of a trace. */
  readonly parentSpanId: string
  readonly name: string
  readonly kind: number
  /** Epoch nanoseconds. */
  readonly start: bigint
  readonly end: bigint
  readonly attributes: Readonly<Record<string, unknown>>
  readonly status: { readonly code: number; readonly message: string }
  readonly events: readonly { readonly name: string; readonly attributes: Readonly<Record<string, unknown>> }[]
}

export interface CollectedRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly resource: Readonly<Record<string, unknown>>
  readonly spans: readonly CollectedSpan[]
}

/** What the next requests are answered; 200 once they are used up. */
export type PlannedAnswer = number | { readonly status: number; readonly headers: Readonly<Record<string, string>> }

export interface OtlpCollector extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly requests: readonly CollectedRequest[]
  /** Resolves with all requests once there are so many. */
  arrived(count: number): Promise<readonly CollectedRequest[]>
}

/** A collector of traces, on loopback, that reads what OTLP clients send. */
export async function otlpCollector(answers: readonly PlannedAnswer[] = []): Promise<OtlpCollector> {
  const plan = [...answers]
  const requests: CollectedRequest[] = []
  const listeners = new Set<() => void>()
  const server = http.createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const plain = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
    requests.push({ path: request.url ?? '', headers, ...readRequest(plain) })
    const answer = plan.shift() ?? 200
    if (typeof answer === 'number') response.writeHead(answer)
    else response.writeHead(answer.status, answer.headers)
    response.end()
    for (const listener of listeners) listener()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    arrived: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (requests.length < count) return
          listeners.delete(look)
          resolve(requests)
        }
        listeners.add(look)
        look()
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

type Field = readonly [number: number, value: Buffer | bigint]

/** The fields of a message of Protocol Buffers, as they stand. */
function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0
  const varint = (): bigint => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = message.readUInt8(at++)
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
    }
  }
  while (at < message.length) {
    const tag = Number(varint())
    const [field, wire] = [tag >> 3, tag & 7]
    if (wire === 0) yield [field, varint()]
    else if (wire === 1) {
      yield [field, message.readBigUInt64LE(at)]
      at += 8
    } else if (wire === 2) {
      const length = Number(varint())
      if (at + length > message.length) throw new Error('A field is longer than its message')
      yield [field, message.subarray(at, at + length)]
      at += length
    } else throw new Error(`Wire type ${wire} is not used by OTLP`)
  }
}

const messages = (message: Buffer, field: number): readonly Buffer[] =>
  [...fieldsOf(message)].flatMap(([number, value]) => (number === field && Buffer.isBuffer(value) ? [value] : []))
const bytes = (message: Buffer, field: number): Buffer => messages(message, field)[0] ?? Buffer.alloc(0)
const number = (message: Buffer, field: number): bigint => {
  for (const [found, value] of fieldsOf(message)) if (found === field && typeof value === 'bigint') return value
  return 0n
}

function readRequest(body: Buffer): Pick<CollectedRequest, 'resource' | 'spans'> {
  const groups = messages(body, 1)
  return {
    resource: Object.assign({}, ...groups.map((group) => attributesOf(bytes(group, 1), 1))),
    spans: groups.flatMap((group) => messages(group, 2).flatMap((scope) => messages(scope, 2).map(readSpan))),
  }
}

const readSpan = (span: Buffer): CollectedSpan => ({
  traceId: bytes(span, 1).toString('hex'),
  spanId: bytes(span, 2).toString('hex'),
  parentSpanId: bytes(span, 4).toString('hex'),
  name: bytes(span, 5).toString(),
  kind: Number(number(span, 6)),
  start: number(span, 7),
  end: number(span, 8),
  attributes: attributesOf(span, 9),
  events: messages(span, 11).map((event) => ({ name: bytes(event, 2).toString(), attributes: attributesOf(event, 3) })),
  status: { code: Number(number(bytes(span, 15), 3)), message: bytes(bytes(span, 15), 2).toString() },
})

const attributesOf = (message: Buffer, field: number): Record<string, unknown> =>
  Object.fromEntries(messages(message, field).map((entry) => [bytes(entry, 1).toString(), readValue(bytes(entry, 2))]))

function readValue(value: Buffer): unknown {
  for (const [kind, content] of fieldsOf(value)) {
    if (Buffer.isBuffer(content)) return kind === 5 ? messages(content, 1).map(readValue) : content.toString()
    if (kind === 2) return content === 1n
    if (kind === 3) return Number(BigInt.asIntN(64, content))
    if (kind === 4) return new Float64Array(new BigUint64Array([content]).buffer)[0]
  }
  return null
}
