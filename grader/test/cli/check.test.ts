import { rmSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { test } from '../mini-test.ts'
import { until } from '../until.ts'

const checks = 'steps/step-02-greeting/greeting.test.ts'

describe.concurrent('check', () => {
  test('when each version gets the verdict it should, then it passes', async ({ mini }) => {
    const { code, stdout } = await mini.run('check step-02')
    expect(code, stdout).toBe(0)
    expect(stdout).not.toContain('FAIL')
    for (const version of ['starter', 'solution', 'right/later', 'wrong/tires', 'wrong/other-name'])
      expect(stdout).toContain(`ok   step-02 ${version}`)
    expect(stdout).toMatch(/^18 passed, 0 failed$/m)
  })

  test('when the check that catches a wrong version is gone, then it fails and names both', async ({
    mini,
  }) => {
    mini.edit(checks, /check\(\s+\{ id: 'no-name'.*?\n\)\n/s, '')
    // Only the version in question, so that the test is quick; that they are too few is another failure.
    for (const name of ['right', 'wrong/english-only.ts', 'wrong/no-exclamation.ts'])
      rmSync(mini.path('solutions/step-02-greeting', name), { recursive: true })
    for (const name of ['other-name', 'slams-the-door', 'tires'])
      rmSync(mini.path('solutions/step-02-greeting/wrong', `${name}.ts`))
    const { code, stdout } = await mini.run('check step-02')
    expect(code).toBe(1)
    expect(stdout).toMatch(/^FAIL .*wrong\/greets-nobody: must be caught by no-name, but: pass/m)
    expect(stdout).toMatch(/^FAIL .*wrong versions name a check that exists: .*no-name/m)
    expect(stdout).toMatch(/^\d+ passed, 3 failed$/m)
  })

  test('when it is told to end, then no grade goes on', async ({ mini }) => {
    const { child, ended } = mini.start(['check', 'step-02'])
    await until(() => mini.leftovers().some((text) => text.includes('server.ts')), 10_000)
    child.kill('SIGTERM')
    await ended
    await until(() => mini.leftovers().length === 0, 10_000)
  })
})
