import { type ProviderServer, providerServer, reply } from '@runnel/testing/provider-server'
import { afterEach, expect, test } from 'vitest'
import { createUpdateCheck, isNewer } from './update-check.ts'

let server: ProviderServer | undefined
afterEach(async () => {
  await server?.[Symbol.asyncDispose]()
  server = undefined
})

/** A registry on this machine that answers every request alike. */
async function registry(answer: unknown): Promise<string> {
  server = await providerServer(reply(answer))
  return `${server.url}/runnel/latest`
}
const asked = (): number => server?.requests.length ?? 0

const allowed = { doNotTrack: false, doNotTrackHere: false }

test.each([
  ['no address is set', { updateAddress: undefined, ...allowed }],
  ['Langflow is told not to track', { ...allowed, doNotTrack: true }],
  ['every program is told not to track', { ...allowed, doNotTrackHere: true }],
])('nobody is asked when %s', async (_, config) => {
  const updateAddress = 'updateAddress' in config ? undefined : await registry({ version: '9.0.0' })
  const updates = createUpdateCheck({ config: { ...config, updateAddress }, version: '0.1.0', now: () => 0 })
  const off = { status: 'off', latest: undefined, checkedAt: undefined }
  expect([await updates.read(), await updates.ask()]).toEqual([off, off])
  expect(asked()).toBe(0)
})

test.each([
  ['a release of an npm registry', { version: '0.2.0' }, { status: 'available', latest: '0.2.0' }],
  ['all releases of one', { 'dist-tags': { latest: '0.1.0' } }, { status: 'current', latest: '0.1.0' }],
  ["GitHub's newest release", { tag_name: 'v1.0.0' }, { status: 'available', latest: '1.0.0' }],
  ['anything else', { message: 'no' }, { status: 'failed', latest: undefined }],
])('%s is understood', async (_, answer, expected) => {
  const config = { ...allowed, updateAddress: await registry(answer) }
  const updates = createUpdateCheck({ config, version: '0.1.0', now: () => 5 })
  expect(await updates.read()).toEqual({ ...expected, checkedAt: 5 })
})

test('an answer is kept for a day, a failure for an hour', async () => {
  let time = 0
  const config = { ...allowed, updateAddress: await registry({ version: '0.2.0' }) }
  const updates = createUpdateCheck({ config, version: '0.1.0', now: () => time })
  await Promise.all([updates.read(), updates.read()])
  time = 86_000_000
  await updates.read()
  expect(asked()).toBe(1)
  time = 87_000_000
  await server?.[Symbol.asyncDispose]()
  server = undefined
  expect(await updates.read()).toEqual({ status: 'failed', latest: undefined, checkedAt: time })
  time += 3_500_000
  expect(await updates.read()).toMatchObject({ checkedAt: 87_000_000 })
})

test('releases are compared by their numbers, and a preview comes before its release', () => {
  const newer = [
    ['0.2.0', '0.1.9'],
    ['0.10.0', '0.9.0'],
    ['1.0.0', '1.0.0-rc.1'],
  ] as const
  for (const [release, than] of newer) {
    expect([isNewer(release, than), isNewer(than, release)]).toEqual([true, false])
  }
  expect(isNewer('1.0', '1.0.0')).toBe(false)
})
