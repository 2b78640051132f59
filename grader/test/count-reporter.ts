import type { Reporter, TestModule } from 'vitest/node'

/** Prints one line that `npm test` adds up. A test that was skipped has not passed. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): void {
    let passed = 0
    let failed = errors.length
    for (const module of modules) {
      const tests = [...module.children.allTests()]
      if (tests.length === 0 || module.errors().length > 0) failed++
      for (const test of tests) {
        const { state } = test.result()
        if (state === 'passed') passed++
        else if (state === 'failed') failed++
      }
    }
    console.log(`${passed} passed, ${failed} failed`)
  }
}
