import { type ListeningServer, listening } from '../listening.ts'
import { nearestOf } from './kept-documents.ts'

/** A value as it is written to the client; a list of texts is one of bulks. */
type Reply = string | number | null | Buffer | Error | readonly Reply[]
type Hash = Map<string, Buffer>
interface Index {
  readonly prefix: string
  readonly fields: Set<string>
}

export interface FakeRedis extends ListeningServer {
  readonly url: string
  /** The commands it was sent, as texts. */
  readonly seen: readonly (readonly string[])[]
}

export interface FakeRedisOptions {
  /** Without, it lets in everybody. */
  readonly password?: string
  /** false: a server without search. */
  readonly search?: boolean
}

/** Redis on loopback, with hashes and with what of its search finds vectors. It speaks RESP as the real one does. */
export async function fakeRedis({ password, search = true }: FakeRedisOptions = {}): Promise<FakeRedis> {
  const hashes = new Map<string, Hash>()
  const indexes = new Map<string, Index>()
  const seen: string[][] = []
  const server = await listening((socket) => {
    let held = Buffer.alloc(0)
    let isIn = password === undefined
    socket.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes])
      for (let read = commandIn(held); read; read = commandIn(held)) {
        held = held.subarray(read.end)
        const [name = '', ...args] = read.parts
        seen.push(read.parts.map(String))
        if (String(name) === 'AUTH') isIn = String(args.at(-1)) === password
        socket.write(written(isIn ? answer(String(name), args) : new Error('NOAUTH Authentication required.')))
      }
    })
  })

  function answer(name: string, args: readonly Buffer[]): Reply {
    const [first = ''] = args.map(String)
    if (name.startsWith('FT.') && !search) return new Error(`ERR unknown command '${name}', with args beginning with: `)
    switch (name) {
      case 'AUTH':
      case 'SELECT':
        return 'OK'
      case 'EXISTS':
        return hashes.has(first) ? 1 : 0
      case 'HSET': {
        const hash: Hash = hashes.get(first) ?? new Map()
        for (let at = 1; at < args.length; at += 2) hash.set(String(args[at]), args[at + 1] ?? Buffer.alloc(0))
        hashes.set(first, hash)
        return hash.size
      }
      case 'FT.INFO': {
        const index = indexes.get(first)
        if (!index) return new Error('Unknown index name')
        const attributes = [...index.fields].map((field) =>
          ['identifier', field, 'attribute', field, 'type', 'TAG'].map(bulk),
        )
        const definition = [bulk('key_type'), bulk('HASH'), bulk('prefixes'), [bulk(index.prefix)]]
        return [bulk('index_name'), bulk(first), bulk('index_definition'), definition, bulk('attributes'), attributes]
      }
      case 'FT.CREATE':
      case 'FT.ALTER': {
        const texts = args.map(String)
        const fields = texts.filter((_, at) => ['TAG', 'TEXT', 'VECTOR'].includes(texts[at + 1] ?? ''))
        const known = indexes.get(first)
        if (name === 'FT.CREATE' && known) return new Error('Index already exists')
        const prefix = known?.prefix ?? texts[texts.indexOf('PREFIX') + 2] ?? ''
        indexes.set(first, { prefix, fields: new Set([...(known?.fields ?? []), ...fields]) })
        return 'OK'
      }
      case 'FT.SEARCH':
        return found(first, args)
      default:
        return new Error(`ERR unknown command '${name}'`)
    }
  }

  function found(name: string, args: readonly Buffer[]): Reply {
    const index = indexes.get(name)
    if (!index) return new Error(`${name}: no such index`)
    const asked = /^\((.*)\)=>\[KNN (\d+) @(\w+) \$vector AS (\w+)\]$/s.exec(String(args[1]))
    if (!asked) return new Error('Syntax error')
    const [, filter = '', limit = '', field = '', score = ''] = asked
    const query = numbersIn(args[args.findIndex((arg) => String(arg) === 'vector') + 1] ?? Buffer.alloc(0))
    const rows = [...hashes].filter(([key]) => key.startsWith(index.prefix))
    const fits = ({ hash }: { readonly hash: Hash }) => fitsTags(hash, filter, index)
    const all = rows.map(([key, hash]) => ({ key, hash, vector: numbersIn(hash.get(field) ?? Buffer.alloc(0)) }))
    const best = nearestOf(all, query, Number(limit), fits)
    return [
      best.length,
      ...best.flatMap(({ key, hash, score: near }) => [
        bulk(key),
        [bulk(score), bulk(String(1 - near)), ...[...hash].flatMap(([one, value]) => [bulk(one), value])],
      ]),
    ]
  }

  return {
    port: server.port,
    url: `redis://${password === undefined ? '' : `:${password}@`}127.0.0.1:${server.port}`,
    seen,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

/** `@topic:{time|money} @page:{2}`, with a backslash before each sign; a field that is no part of the index fits nothing. */
function fitsTags(hash: Hash, filter: string, { fields }: Index): boolean {
  if (filter === '*') return true
  const conditions = [...filter.matchAll(/@((?:\\.|[^:\\])+):\{((?:\\.|[^}\\])+)\}/g)]
  return conditions.every(([, name = '', values = '']) => {
    const plain = (text: string) => text.replace(/\\(.)/g, '$1')
    const wanted = values.split(/(?<!\\)\|/).map(plain)
    return fields.has(plain(name)) && wanted.includes(String(hash.get(plain(name))))
  })
}

const numbersIn = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4))

const bulk = (text: string): Buffer => Buffer.from(text)

/** `*2\r\n$4\r\nAUTH\r\n$1\r\nx\r\n` */
function commandIn(bytes: Buffer): { readonly parts: readonly Buffer[]; readonly end: number } | undefined {
  let at = 0
  const line = (): string | undefined => {
    const end = bytes.indexOf('\r\n', at)
    if (end === -1) return undefined
    const text = bytes.toString('utf8', at, end)
    at = end + 2
    return text
  }
  const count = Number(line()?.slice(1))
  const parts: Buffer[] = []
  while (parts.length < count) {
    const length = Number(line()?.slice(1))
    if (Number.isNaN(length) || bytes.length < at + length + 2) return undefined
    parts.push(Buffer.from(bytes.subarray(at, at + length)))
    at += length + 2
  }
  return Number.isNaN(count) ? undefined : { parts, end: at }
}

function written(reply: Reply): Buffer {
  if (reply === null) return bulk('$-1\r\n')
  if (reply instanceof Error) return bulk(`-${reply.message}\r\n`)
  if (Buffer.isBuffer(reply)) return Buffer.concat([bulk(`$${reply.length}\r\n`), reply, bulk('\r\n')])
  if (typeof reply === 'string') return bulk(`+${reply}\r\n`)
  if (typeof reply === 'number') return bulk(`:${reply}\r\n`)
  return Buffer.concat([bulk(`*${reply.length}\r\n`), ...reply.map(written)])
}
