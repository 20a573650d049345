import { defineConfig } from 'vitest/config'

const HANGS_AFTER_MS = 20_000
/** Browser, server and tests share the machine. */
const JOURNEY_HANGS_AFTER_MS = 90_000
/** What is awaited costs this only when it never comes: the library's own second is too short for a busy machine. */
const AWAITED_FOR_MS = 15_000

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
          expect: { poll: { timeout: AWAITED_FOR_MS } },
          fileParallelism: false,
        },
      },
    ],
  },
})
