// What a call of a user-written component costs: node packages/sandbox/bench/calls.mjs
import { createSandbox } from '../src/sandbox.ts'

const source = `import { defineComponent, field } from 'runnel'
export default defineComponent({
  displayName: 'Echo',
  inputs: { text: field.text({ label: 'Text' }) },
  outputs: { out: { type: 'Message', label: 'Out', run: ({ inputs }) => inputs.text } },
})`
const { signal } = new AbortController()
const sandbox = createSandbox({ computeMs: 10_000, memoryBytes: 256 * 1024 * 1024, processes: 4 })
const call = () => sandbox.of('one').run({ source, output: 'out', inputs: { text: 'hello' } }, signal)

/** Milliseconds. */
async function timed(work) {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const CALLS = 200
const first = await timed(call)
const oneByOne = await timed(async () => {
  for (let made = 0; made < CALLS; made++) await call()
})
const together = await timed(() => Promise.all(Array.from({ length: CALLS }, call)))
process.stdout.write(`first call ${first.toFixed(0)} ms\n`)
process.stdout.write(`one after the other ${(oneByOne / CALLS).toFixed(2)} ms a call\n`)
process.stdout.write(`together, two processes ${((CALLS / together) * 1000).toFixed(0)} calls a second\n`)
sandbox.close()
