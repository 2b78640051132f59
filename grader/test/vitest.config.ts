import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['grader/test/**/*.test.ts'],
    // Command-line tests start real servers and real load: files one after the other.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
