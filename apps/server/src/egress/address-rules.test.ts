import type { LookupFunction } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createAddressRules, isHostEntry } from './address-rules.ts'

const refused = expect.objectContaining({ code: 'address_refused' })

/** A name server that gives every name these addresses. */
const resolvingTo =
  (...addresses: readonly string[]): LookupFunction =>
  (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

function addressFor(rules: ReturnType<typeof createAddressRules>, url: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const found = URL.parse(url)
  if (!found) throw new Error(`${url} is no URL`)
  rules(found)(found.hostname, {}, (error, address) => (error ? reject(error) : resolve(address)))
  return promise
}

describe('without a list', () => {
  const rules = createAddressRules({ allowed: [] })

  test.each([
    'http://127.0.0.1/',
    'http://127.9.9.9:8080/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://100.100.100.200/',
    'http://168.63.129.16/',
    'http://192.0.0.192/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://127.1/',
    'http://127.0.0.1./',
    'http://[::]/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:0:127.0.0.1]/',
    'http://[::127.0.0.1]/',
    'http://[::ffff:0.0.0.0]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[64:ff9b::0.0.0.0]/',
    'http://[64:ff9b:1::a00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2002:a9fe:a9fe::1]/',
    'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
    'http://user:word@example.com/',
    'http://user@example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,hi',
  ])('refuses %s', (url) => {
    const parsed = new URL(url)
    expect(() => rules(parsed)).toThrow(refused)
  })

  test.each([
    ['http://93.184.215.14/'],
    ['http://172.32.0.1/'],
    ['http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/'],
    ['http://[64:ff9b::5db8:d70e]/'],
    ['https://8.8.8.8/'],
  ])('lets %s pass', (url) => {
    expect(() => rules(new URL(url))).not.toThrow()
  })

  test.each([
    ['127.0.0.1'],
    ['10.0.0.1', '93.184.215.14'],
    ['93.184.215.14', '10.0.0.1'],
    ['::1'],
    ['::ffff:169.254.169.254'],
    ['fe80::1%eth0'],
  ])('refuses a name when it leads to %s', async (...addresses) => {
    const named = createAddressRules({ allowed: [], resolve: resolvingTo(...addresses) })
    await expect(addressFor(named, 'http://rebound.test/')).rejects.toEqual(refused)
  })

  test('connects to the address that was checked', async () => {
    const named = createAddressRules({ allowed: [], resolve: resolvingTo('93.184.215.14', '8.8.8.8') })
    await expect(addressFor(named, 'http://public.test/')).resolves.toBe('93.184.215.14')
  })
})

describe('with a list', () => {
  const allowed = ['10.0.0.7', '192.168.0.0/16', 'db.internal', '*.lan', '[fd00::]/8']
  const rules = createAddressRules({ allowed, resolve: resolvingTo('172.16.0.1') })

  test.each(['http://10.0.0.7/', 'http://[::ffff:10.0.0.7]/', 'http://192.168.77.1/', 'http://[fd12::1]/'])(
    'lets the listed %s pass',
    (url) => {
      expect(() => rules(new URL(url))).not.toThrow()
    },
  )

  test('lets listed names lead anywhere, and no others', async () => {
    await expect(addressFor(rules, 'http://DB.internal/')).resolves.toBe('172.16.0.1')
    await expect(addressFor(rules, 'http://nas.lan./')).resolves.toBe('172.16.0.1')
    await expect(addressFor(rules, 'http://lan/')).rejects.toEqual(refused)
    await expect(addressFor(rules, 'http://evil-db.internal/')).rejects.toEqual(refused)
  })

  test.each(['http://10.0.0.8/', 'http://127.0.0.1/', 'http://169.254.169.254/'])('still refuses %s', (url) => {
    expect(() => rules(new URL(url))).toThrow(refused)
  })
})

test('a server that only this machine reaches may call models on it, and nothing else that is private', () => {
  const rules = createAddressRules({ allowed: [], loopback: true })
  for (const url of ['http://127.0.0.2:8099/v1', 'http://[::1]:11434/']) expect(() => rules(new URL(url))).not.toThrow()
  for (const url of ['http://169.254.169.254/', 'http://10.0.0.1/', 'http://0.0.0.0/']) {
    expect(() => rules(new URL(url))).toThrow(refused)
  }
})

test.each([
  ['localhost', true],
  ['*.example.com', true],
  ['10.0.0.0/8', true],
  ['[::1]', true],
  ['fd00::/8', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/8/8', false],
  ['http://localhost', false],
  ['localhost:8080', false],
  ['a b', false],
])('takes %s as an entry of the list: %s', (entry, fits) => {
  expect(isHostEntry(entry)).toBe(fits)
})
