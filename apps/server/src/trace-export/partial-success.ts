import { isObject } from '@runnel/protocol/json'

/** What a tool says of spans it did not take although it took the request; undefined when it took all. */
export function refusedSpans(body: Uint8Array, contentType = ''): string | undefined {
  const { count, why } = contentType.includes('json') ? inJson(body) : inProtobuf(body)
  return count > 0 ? `Refused ${count} spans${why === '' ? '.' : `: ${why}`}`.slice(0, 300) : undefined
}

interface Refusal {
  readonly count: number
  readonly why: string
}

function inJson(body: Uint8Array): Refusal {
  const told: unknown = jsonIn(body)
  const partial = isObject(told) && isObject(told.partialSuccess) ? told.partialSuccess : {}
  const { rejectedSpans = 0, errorMessage = '' } = partial
  return { count: Number(rejectedSpans) || 0, why: String(errorMessage) }
}

function jsonIn(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString())
  } catch {
    // A page for people, which refuses nothing.
    return null
  }
}

/** `ExportTraceServiceResponse { partial_success = 1 { rejected_spans = 1; error_message = 2 } }` */
function inProtobuf(body: Uint8Array): Refusal {
  const fields = fieldsOf(Buffer.from(fieldsOf(Buffer.from(body)).texts.get(1) ?? []))
  return { count: fields.numbers.get(1) ?? 0, why: fields.texts.get(2)?.toString() ?? '' }
}

function fieldsOf(message: Buffer) {
  const numbers = new Map<number, number>()
  const texts = new Map<number, Buffer>()
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let scale = 1; at < message.length; scale *= 128) {
      const byte = message.readUInt8(at++)
      value += (byte & 0x7f) * scale
      if (byte < 0x80) break
    }
    return value
  }
  while (at < message.length) {
    const tag = varint()
    if ((tag & 7) === 0) numbers.set(tag >> 3, varint())
    else if ((tag & 7) === 2) {
      const length = varint()
      texts.set(tag >> 3, message.subarray(at, at + length))
      at += length
      // Other kinds of fields are not in such an answer.
    } else break
  }
  return { numbers, texts }
}
