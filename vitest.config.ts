import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { AWAITED_FOR_MS as JOURNEY_AWAITS_MS } from './e2e/patience.ts'

// The servers and commands that tests start read what Node made of our sources the first time.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/node-compile')

// None of these is a measure of speed: they end what hangs, and cost nothing otherwise.
const HANGS_AFTER_MS = 300_000
/** Browser, server and tests share the machine. */
const JOURNEY_HANGS_AFTER_MS = 600_000
const AWAITED_FOR_MS = 100_000

export default defineConfig({
  test: {
    passWithNoTests: false,
    reporters: process.env.RUNNEL_TEST_REPORT
      ? ['default', ['json', { outputFile: process.env.RUNNEL_TEST_REPORT }]]
      : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps,scripts,tools}/**/*.test.ts'],
          testTimeout: HANGS_AFTER_MS,
          hookTimeout: HANGS_AFTER_MS,
          expect: { poll: { timeout: AWAITED_FOR_MS } },
        },
      },
      {
        // One browser at a time: two on two cores only wait for each other.
        test: {
          name: 'journeys',
          include: ['e2e/**/*.test.ts'],
          testTimeout: JOURNEY_HANGS_AFTER_MS,
          hookTimeout: JOURNEY_HANGS_AFTER_MS,
          expect: { poll: { timeout: JOURNEY_AWAITS_MS } },
          fileParallelism: false,
        },
      },
    ],
  },
})
