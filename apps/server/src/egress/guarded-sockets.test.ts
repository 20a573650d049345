import { once } from 'node:events'
import { connect, createServer, type LookupFunction, Socket } from 'node:net'
import { connect as connectEncrypted } from 'node:tls'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createAddressRules } from './address-rules.ts'
import { createGuardedSockets } from './guarded-sockets.ts'

let port = 0
let reached = 0
const listener = createServer((socket) => {
  reached++
  socket.on('error', () => undefined).end()
})
beforeEach(async () => {
  reached = 0
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const bound = listener.address()
  port = typeof bound === 'object' && bound ? bound.port : 0
})
afterEach(() => new Promise((resolve) => listener.close(resolve)))

const toThisMachine: LookupFunction = (_name, _options, callback) =>
  callback(null, [{ address: '127.0.0.1', family: 4 }])
const strict = createGuardedSockets(createAddressRules({ allowed: [], resolve: toThisMachine }))
const refused = expect.objectContaining({ code: 'address_refused' })

const opened = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.on('error', () => undefined).once('close', () => resolve('closed'))
  })

describe('refuses connections of a driver to where it may not go', () => {
  test.each<[string, () => Socket]>([
    ['an address', () => connect({ host: '127.0.0.1', port })],
    ['a port and a host', () => connect(port, '127.0.0.1')],
    ['a name that leads here', () => connect({ host: 'rebound.test', port })],
    ['no host, which is this machine', () => new Socket().connect(port)],
    ['an address in options', () => new Socket().connect({ host: '127.0.0.1', port })],
    ['an encrypted connection', () => connectEncrypted({ host: '127.0.0.1', port })],
    ['a path, which is a socket of this machine', () => connect('/var/run/docker.sock')],
    ['a private address', () => connect({ host: '169.254.169.254', port: 80 })],
    ['an address of the sixth version', () => connect({ host: '::1', port })],
  ])('%s', async (_, open) => {
    await expect(strict.guarded(() => opened(open()))).rejects.toEqual(refused)
    expect(reached).toBe(0)
  })

  test('also when it opens them later', async () => {
    const work = () =>
      new Promise<void>((resolve) => {
        setImmediate(() => void opened(connect({ host: '127.0.0.1', port })).then(() => resolve()))
      })
    await expect(strict.guarded(work)).rejects.toEqual(refused)
    expect(reached).toBe(0)
  })
})

test('lets through what is allowed', async () => {
  const listed = createGuardedSockets(createAddressRules({ allowed: ['127.0.0.1'] }))
  for (const open of [() => connect({ host: '127.0.0.1', port }), () => new Socket().connect(port, '127.0.0.1')]) {
    await expect(listed.guarded(() => opened(open()))).resolves.toBe('closed')
  }
  const named = createGuardedSockets(createAddressRules({ allowed: ['store.test'], resolve: toThisMachine }))
  await expect(named.guarded(() => opened(connect({ host: 'store.test', port })))).resolves.toBe('closed')
  expect(reached).toBe(3)
})

test('lets a driver call an address whose name it resolved itself', async () => {
  const named = createGuardedSockets(createAddressRules({ allowed: ['store.test'], resolve: toThisMachine }))
  const byAddress = () => opened(connect({ host: '127.0.0.1', port }))
  await expect(named.guarded(byAddress, ['store.test'])).resolves.toBe('closed')
  await expect(named.guarded(byAddress)).rejects.toEqual(refused)
  await expect(named.guarded(byAddress, ['other.test'])).rejects.toEqual(refused)
})

test('leaves connections elsewhere alone', async () => {
  await strict.guarded(async () => undefined)
  await expect(opened(connect({ host: '127.0.0.1', port }))).resolves.toBe('closed')
  expect(reached).toBe(1)
})
