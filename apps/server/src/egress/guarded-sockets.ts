import { AsyncLocalStorage } from 'node:async_hooks'
import { isIP, type LookupFunction, Socket } from 'node:net'
import { AppError } from '@runnel/protocol/errors'
import type { SocketsPort } from '@runnel/sdk'
import type { AddressRules } from './address-rules.ts'

/** What holds for the connections of one piece of work. */
interface Guard {
  readonly rules: AddressRules
  /** Addresses of names that were checked before. */
  readonly known: ReadonlySet<string>
  readonly onRefusal: (error: AppError) => void
}

const guards = new AsyncLocalStorage<Guard>()

/**
 * The way out for drivers, which open connections themselves, also to servers that other servers name: the rules are
 * asked at the one place all of Node's connections pass. Connections outside of guarded work are as they were.
 */
export function createGuardedSockets(rules: AddressRules): SocketsPort {
  return {
    async guarded(work, hosts = []) {
      watchConnections()
      const known = new Set((await Promise.all(hosts.map((host) => addressesOf(host, rules)))).flat())
      const refused = Promise.withResolvers<never>()
      refused.promise.catch(() => undefined) // It is heard of when it comes in time.
      const guard: Guard = { rules, known, onRefusal: refused.reject }
      return Promise.race([guards.run(guard, work), refused.promise])
    },
  }
}

let isWatching = false

function watchConnections(): void {
  if (isWatching) return
  isWatching = true
  // Its overloads are told apart here as Node does.
  const connect = Socket.prototype.connect as (this: Socket, ...args: unknown[]) => Socket
  Socket.prototype.connect = function guardedConnect(this: Socket, ...args: unknown[]) {
    const guard = guards.getStore()
    if (!guard) return connect.apply(this, args)
    try {
      return connect.apply(this, checkedArguments(args, guard))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      guard.onRefusal(error)
      return this.destroy(error)
    }
  } as typeof Socket.prototype.connect
}

interface ConnectOptions {
  readonly host?: string
  readonly port?: number | string
  readonly path?: string
}

/** The arguments with a look-up that hands out checked addresses. @throws AppError `address_refused` */
function checkedArguments(args: readonly unknown[], guard: Guard): unknown[] {
  const [first, ...rest] = args
  if (Array.isArray(first)) {
    // As `net.connect` hands them on: the options and a callback in one list, which is marked as such.
    first[0] = { ...first[0], lookup: lookupFor(first[0], guard) }
    return [...args]
  }
  if (typeof first === 'object' && first !== null) return [{ ...first, lookup: lookupFor(first, guard) }, ...rest]
  const host = typeof rest[0] === 'string' ? rest.shift() : undefined
  const options = typeof first === 'number' || /^\d+$/.test(String(first)) ? { port: first, host } : { path: first }
  return [{ ...options, lookup: lookupFor(options as ConnectOptions, guard) }, ...rest]
}

function lookupFor({ host = 'localhost', port = 0, path }: ConnectOptions, guard: Guard): LookupFunction | undefined {
  if (path !== undefined) throw new AppError('address_refused', [path])
  if (guard.known.has(host)) return undefined
  const lookup = guard.rules(urlOf(host, port))
  return (name, options, callback) =>
    lookup(name, options, (error, ...found) => {
      if (error instanceof AppError) guard.onRefusal(error)
      callback(error, ...found)
    })
}

/** Where a name leads, as far as it may be called. @throws AppError `address_refused` */
function addressesOf(host: string, rules: AddressRules): Promise<readonly string[]> {
  const lookup = rules(urlOf(host, 80))
  if (isIP(host) !== 0) return Promise.resolve([])
  return new Promise((resolve, reject) => {
    lookup(host, { all: true }, (error, found) => {
      if (error instanceof AppError) reject(error)
      // A name that leads nowhere is the driver's to complain of.
      else resolve(Array.isArray(found) ? found.map(({ address }) => address) : [])
    })
  })
}

function urlOf(host: string, port: number | string): URL {
  const url = URL.parse(`http://${isIP(host) === 6 ? `[${host}]` : host}:${port}`)
  if (!url) throw new AppError('address_refused', [host])
  return url
}
