import { defineComponent, message } from '@runnel/sdk'
import { runComponent } from '@runnel/testing/run-component'
import { expect, test } from 'vitest'
import { buildOf } from './node-build.ts'

const builds: unknown[] = []
const output = {
  type: 'Message',
  label: 'Out',
  method: 'out',
  run: ({ context }: { readonly context: Parameters<typeof buildOf>[0] }) => {
    builds.push(buildOf(context))
    return message('')
  },
} as const
const probe = defineComponent({
  type: 'Probe',
  displayName: 'Probe',
  description: 'Notes its builds.',
  icon: 'eye',
  category: 'tests',
  inputs: {},
  outputs: { one: output, two: output },
})

test('is one for the outputs of a build and another for the next build', async () => {
  const state = new Map<string, unknown>()
  await runComponent(probe, {}, { state })
  await runComponent(probe, {}, { state })
  expect(builds[0]).toBe(builds[1])
  expect(builds[2]).toBe(builds[3])
  expect(builds[0]).not.toBe(builds[2])
})

test('is the count of the engine where it keeps one', async () => {
  builds.length = 0
  await runComponent(probe, {}, { state: new Map([['Probe-test1:build', 7]]) })
  expect(builds).toEqual([7, 7])
})
