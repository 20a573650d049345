import { lookup as resolveName } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { AppError } from '@runnel/protocol/errors'
import { addressesIn } from './embedded-address.ts'

/** Everything that is not the public internet, and addresses at which clouds tell secrets. */
const REFUSED = listOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/127',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
])
const LOOPBACK = ['127.0.0.0/8', '::1']

export interface AddressRulesOptions {
  /** Host names, `*.` and a domain, addresses and networks that may be called although they are refused. */
  readonly allowed: readonly string[]
  /** This machine may be called. */
  readonly loopback?: boolean
  /** Node's own unless given. */
  readonly resolve?: LookupFunction
}

/** Checks an address and gives the look-up to connect with. @throws AppError `address_refused` */
export type AddressRules = (url: URL) => LookupFunction

/**
 * The rules for calls that leave the server. They answer the look-up to connect with: it resolves the name and hands out
 * addresses that were checked, so that what is checked is what is called. Whether something listens at a refused address
 * is never found out.
 * @throws AppError `address_refused` for another protocol, user info in the address, or a refused address.
 */
export function createAddressRules({ allowed, loopback = false, resolve }: AddressRulesOptions): AddressRules {
  const names = allowed.filter((entry) => !isNetwork(entry)).map((entry) => entry.toLowerCase())
  const networks = listOf([...allowed.filter(isNetwork), ...(loopback ? LOOPBACK : [])])
  const isNamed = (host: string) =>
    names.some((name) => (name.startsWith('*.') ? host.endsWith(name.slice(1)) : name === host))
  const isAllowed = (address: string): boolean => {
    const found = addressesIn(address)
    return found.some((one) => contains(networks, one)) || !found.some((one) => contains(REFUSED, one))
  }
  const find: LookupFunction = resolve ?? resolveName

  return (url) => {
    const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase()
    const refusal = () => new AppError('address_refused', [url.host || url.protocol])
    const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
    if (!isWeb || host === '' || url.username !== '' || url.password !== '') throw refusal()
    const named = isNamed(host.replace(/\.$/, ''))
    // Node asks no look-up for an address. Odd spellings of one, `0x7f.1` or `2130706433`, are plain in a parsed URL.
    if (isIP(host) !== 0 && !named && !isAllowed(host)) throw refusal()
    return (name, options, callback) => {
      find(name, { ...options, all: true }, (error, found) => {
        const addresses = Array.isArray(found) ? found : []
        if (error) return callback(error, '')
        if (!named && !addresses.every(({ address }) => isAllowed(address))) return callback(refusal(), '')
        const [first] = addresses
        if (options.all) callback(null, addresses)
        else callback(first ? null : new Error('The name has no address'), first?.address ?? '', first?.family)
      })
    }
  }
}

/** Whether an entry of the operator's list is a host name, an address or a network. */
export function isHostEntry(entry: string): boolean {
  const [address = '', bits, ...more] = bare(entry).split('/')
  const family = isIP(address)
  if (family === 0) return /^(\*\.)?[\p{L}\p{N}_-]+(\.[\p{L}\p{N}_-]+)*$/u.test(entry)
  const isMask = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32))
  return isMask && more.length === 0
}

const isNetwork = (entry: string): boolean => isIP(bare(entry).split('/')[0] ?? '') !== 0

/** `[::1]` is written with brackets where it is a host. */
function bare(entry: string): string {
  return entry.replace(/^\[(.*?)\]/, '$1')
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = bare(network).split('/')
    // All of them are addresses, and the pattern of IPv6 is compiled when it is first asked for: not at the start.
    const family = address.includes(':') ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

const contains = (list: BlockList, address: string): boolean =>
  list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
