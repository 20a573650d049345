import { isIPv6 } from 'node:net'

/** The groups an IPv4 address stands behind, and how many groups come before it. */
const PREFIXES: readonly (readonly [name: string, groups: readonly number[], at: number])[] = [
  ['mapped', [0, 0, 0, 0, 0, 0xffff], 6],
  ['compatible', [0, 0, 0, 0, 0, 0], 6],
  ['translated', [0, 0, 0, 0, 0xffff, 0], 6],
  ['NAT64', [0x64, 0xff9b, 0, 0, 0, 0], 6],
  ['6to4', [0x2002], 1],
]

/** The address, and the IPv4 address an IPv6 one stands for: what is called may be either. */
export function addressesIn(address: string): readonly string[] {
  const plain = address.replace(/%.*$/, '')
  if (!isIPv6(plain)) return [plain]
  const groups = groupsOf(plain)
  const inner = PREFIXES.filter(([, prefix]) => prefix.every((group, index) => groups[index] === group)).map(
    ([, , at]) => [groups[at] ?? 0, groups[at + 1] ?? 0].flatMap((group) => [group >> 8, group & 0xff]).join('.'),
  )
  return [plain, ...inner]
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)
  const hex = (high: string | undefined, low: string | undefined) => (Number(high) * 256 + Number(low)).toString(16)
  const text = dotted ? `${dotted[1]}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}` : address
  const [head = '', tail] = text.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16))
}
