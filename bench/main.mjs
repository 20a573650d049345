// The project's own benchmark: our server beside a floor that does the same work with next to nothing around it.
//   npm run bench -- [--only a,b,c,d,e,f,g] [--full] [--quick] [--gate] [--json FILE] [--server FILE] [--cpu-prof FOLDER]
// --full also tries 10^6 stored messages; --quick runs one short round, to see that everything works; --gate makes a
// missed gate the exit code; --server measures another build; --cpu-prof keeps CPU profiles of our server.
// docs/performance.md says what the figures mean.
import { writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { agents } from './agents.mjs'
import { table } from './figures.mjs'
import { growth } from './growth.mjs'
import { published } from './published.mjs'
import { runThroughput } from './run-throughput.mjs'
import { startUp } from './start-up.mjs'
import { streams } from './streams.mjs'
import { vectors } from './vectors.mjs'

const parts = { a: runThroughput, b: streams, c: startUp, d: growth, e: vectors, f: published, g: agents }

const { values: given } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(parts).join() },
    full: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    gate: { type: 'boolean', default: false },
    json: { type: 'string' },
    server: { type: 'string', default: join(import.meta.dirname, '../apps/cli/dist/main.mjs') },
    'cpu-prof': { type: 'string' },
  },
})
const settings = {
  server: resolve(given.server),
  full: given.full,
  rounds: given.quick ? 1 : 3,
  seconds: given.quick ? 1.5 : 4,
  nodeArgs: given['cpu-prof'] ? ['--cpu-prof', `--cpu-prof-dir=${resolve(given['cpu-prof'])}`] : [],
}

const machine = {
  node: process.version,
  cores: availableParallelism(),
  memoryGB: Math.round(totalmem() / 2 ** 30),
  loadBefore: loadavg()[0],
}
console.log(`Node ${machine.node}, ${machine.cores} cores, ${machine.memoryGB} GB, load ${machine.loadBefore}`)

const figures = []
for (const name of given.only.split(',')) {
  const part = parts[name]
  if (!part) throw new Error(`There is no part ${name}; choose from ${Object.keys(parts).join()}.`)
  const begun = performance.now()
  const measured = await part(settings)
  figures.push(...measured)
  console.log(
    `\n${table(measured)}\n(${name}: ${((performance.now() - begun) / 1000).toFixed(0)} s, load ${loadavg()[0]})`,
  )
}
if (given.json) writeFileSync(given.json, `${JSON.stringify({ machine, rounds: settings.rounds, figures }, null, 2)}\n`)
const missed = figures.filter(({ passes }) => !passes)
console.log(missed.length ? `\n${missed.length} of ${figures.length} figures miss their gate.` : '\nEvery gate is met.')
process.exit(given.gate && missed.length ? 1 : 0)
