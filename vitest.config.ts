import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,apps,scripts,tools,e2e}/**/*.test.ts'],
    passWithNoTests: false,
    testTimeout: 20_000,
    reporters: process.env.RUNNEL_TEST_REPORT
      ? ['default', ['json', { outputFile: process.env.RUNNEL_TEST_REPORT }]]
      : ['default'],
  },
})
