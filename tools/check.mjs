// What CI runs, in the order that fails fastest: types, lint and import rules, dead code, sizes, tests.
// Every step must see something: a tool that checked nothing is a failure.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

process.chdir(join(import.meta.dirname, '..'))
const steps = [
  ['types', ['tsc', '-b']],
  ['lint', ['biome', 'check', '.', '--error-on-warnings']],
  ['unused', ['knip']],
  ['web', ['node', 'tools/build-web.mjs', '--budgets']],
  ['tests', ['vitest', 'run']],
]
const failed = []
for (const [name, [command, ...args]] of steps) {
  const started = performance.now()
  const { status } = spawnSync(join('node_modules', '.bin', command), args, { stdio: 'inherit' })
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  if (status !== 0) failed.push(name)
}
if (failed.length) {
  console.error(`failed: ${failed.join(', ')}`)
  process.exit(1)
}
