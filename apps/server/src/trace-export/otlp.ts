/** A value of an attribute. */
export type AttributeValue = string | number | boolean | readonly string[]
/** Attributes by name; those without a value are left out. */
export type Attributes = Readonly<Record<string, AttributeValue | undefined>>

/** A span as OTLP knows it. */
export interface OtlpSpan {
  /** 32 hexadecimal digits, and 16. */
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: 'internal' | 'server' | 'client'
  /** Epoch microseconds. */
  readonly startUs: number
  readonly endUs: number
  readonly attributes: Attributes
  /** What went wrong, when something did. */
  readonly error?: string
}

const KINDS = { internal: 1, server: 2, client: 3 } as const
const [OK, FAILED] = [1, 2]

/**
 * Spans as the `scope_spans` of a request, and a request of them: the bytes of OTLP's trace service, version 1.
 * @see https://github.com/open-telemetry/opentelemetry-proto: opentelemetry/proto/trace/v1/trace.proto
 */
export const encodeSpans = (scope: { readonly name: string; readonly version: string }, spans: readonly OtlpSpan[]) =>
  message(
    bytes(1, message(text(1, scope.name), text(2, scope.version))),
    ...spans.map((span) => bytes(2, encodeSpan(span))),
  )

/** The body of an export request. `scopes`: each as `encodeSpans` gives it. */
export const encodeRequest = (resource: Attributes, scopes: readonly Uint8Array[]): Uint8Array =>
  message(bytes(1, message(bytes(1, message(...keyValues(1, resource))), ...scopes.map((scope) => bytes(2, scope)))))

function encodeSpan(span: OtlpSpan): Uint8Array {
  const { error } = span
  return message(
    bytes(1, Buffer.from(span.traceId, 'hex')),
    bytes(2, Buffer.from(span.spanId, 'hex')),
    ...(span.parentSpanId ? [bytes(4, Buffer.from(span.parentSpanId, 'hex'))] : []),
    text(5, span.name),
    number(6, KINDS[span.kind]),
    time(7, span.startUs),
    time(8, span.endUs),
    ...keyValues(9, span.attributes),
    ...(error === undefined ? [] : [bytes(11, exception(span.endUs, error))]),
    bytes(15, error === undefined ? message(number(3, OK)) : message(text(2, error), number(3, FAILED))),
  )
}

const exception = (atUs: number, why: string): Uint8Array =>
  message(time(1, atUs), text(2, 'exception'), ...keyValues(3, { 'exception.message': why }))

const keyValues = (field: number, attributes: Attributes): readonly Uint8Array[] =>
  Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : bytes(field, message(text(1, key), bytes(2, anyValue(value)))),
  )

function anyValue(value: AttributeValue): Uint8Array {
  if (typeof value === 'string') return text(1, value)
  if (typeof value === 'boolean') return number(2, value ? 1 : 0)
  if (typeof value === 'object') return bytes(5, message(...value.map((one) => bytes(1, text(1, one)))))
  return Number.isSafeInteger(value) ? number(3, value) : double(4, value)
}

// Fields of Protocol Buffers: a tag of number and wire type, then the value.
const [VARINT, FIXED64, LENGTH] = [0, 1, 2]

const message = (...fields: readonly Uint8Array[]): Uint8Array => Buffer.concat(fields)

const bytes = (field: number, value: Uint8Array): Uint8Array =>
  Buffer.concat([varint((field << 3) | LENGTH), varint(value.length), value])

const text = (field: number, value: string): Uint8Array => bytes(field, Buffer.from(value))

const number = (field: number, value: number): Uint8Array =>
  Buffer.concat([varint((field << 3) | VARINT), varint(value)])

function time(field: number, microseconds: number): Uint8Array {
  const value = Buffer.alloc(8)
  value.writeBigUInt64LE(BigInt(Math.round(microseconds)) * 1000n)
  return Buffer.concat([varint((field << 3) | FIXED64), value])
}

function double(field: number, value: number): Uint8Array {
  const content = Buffer.alloc(8)
  content.writeDoubleLE(value)
  return Buffer.concat([varint((field << 3) | FIXED64), content])
}

/** Seven bits a byte, the lowest first; negative numbers as 64 bits. */
function varint(value: number): Uint8Array {
  const out: number[] = []
  let rest = value < 0 ? BigInt.asUintN(64, BigInt(value)) : BigInt(value)
  while (rest > 0x7fn) {
    out.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  out.push(Number(rest))
  return Uint8Array.from(out)
}
