import { rmSync } from 'node:fs'
import { describe, expect } from 'vitest'
import type { Mini } from '../mini.ts'
import { test } from '../mini-test.ts'

const checks = 'steps/step-02-greeting/greeting.test.ts'
const step = 'steps/step-02-greeting/step.ts'

/** Grades a right layer with these lines added to the checks; it must come to no verdict. */
async function expectNoVerdict(mini: Mini, added = '') {
  mini.learnerSolves()
  if (added) mini.write(checks, `${mini.read(checks)}\n${added}`)
  const { code, result } = await mini.grade()
  expect({ code, verdict: result.verdict }).toEqual({ code: 2, verdict: 'error' })
  expect(result.problem?.code).toBe('E_NOTHING_RAN')
  return [result.reason, ...(result.problem?.details ?? [])].join('\n')
}

describe.concurrent('a load gate that cannot say', () => {
  test('when the machine was too noisy, then it is inconclusive, not a fail', async ({ mini }) => {
    mini.learnerSolves()
    mini.edit(step, 'inconclusive: undefined', "inconclusive: 'ratios from 0.5 to 2'")
    const { code, stdout } = await mini.run('grade step-02')
    expect(code).toBe(3)
    expect(stdout).toMatch(/^INCONCLUSIVE {2}4 of 4 checks hold, load gate: inconclusive/m)
    expect(stdout).toMatch(/This is not a fail: .*ratios from 0\.5 to 2/)
    expect(mini.read('.workshop/history.jsonl')).toContain('"verdict":"inconclusive"')
  })

  test('when a figure is no number, then there is no verdict and the figure is named', async ({
    mini,
  }) => {
    mini.edit(step, 'measured: requests', 'measured: Number.NaN * requests')
    expect(await expectNoVerdict(mini)).toContain('"greetings that the server counted"')
  })

  test('when the gate measures nothing, then there is no verdict', async ({ mini }) => {
    mini.edit(step, 'return {', 'if (requests > 0) return { observations: [] }\n    return {')
    expect(await expectNoVerdict(mini)).toContain('the load gate measured nothing')
  })
})

describe.concurrent('checks that do not run', () => {
  test('when the file has no check, then there is no verdict', async ({ mini }) => {
    mini.write(checks, '')
    expect(await expectNoVerdict(mini)).toMatch(/no check|No test suite/i)
  })

  test('when a check is skipped, then there is no verdict, and it is named', async ({ mini }) => {
    const added = `import { describe } from 'vitest'
      describe.skip('later', () => {
        check({ id: 'later', why: 'w', look: 'l' }, 'when later, then later', async () => {})
      })`
    expect(await expectNoVerdict(mini, added)).toMatch(/when later, then later: .*not run/)
  })

  test('when one check is singled out, then the others count as not run', async ({ mini }) => {
    const added = `import { describe } from 'vitest'
      describe.only('me', () => {
        check({ id: 'me', why: 'w', look: 'l' }, 'when alone, then alone', async () => {})
      })`
    expect(await expectNoVerdict(mini, added)).toMatch(/says no name, then 400: .*not run/)
  })

  test('when the file throws while it is imported, then its message is shown', async ({ mini }) => {
    expect(await expectNoVerdict(mini, "throw new Error('half a file')")).toContain('half a file')
  })

  test('when a check breaks by its own fault, then the learner is not blamed', async ({ mini }) => {
    const added = `check({ id: 'broken', why: 'w', look: 'l' }, 'when broken', async () => {
      throw new Error('oops')
    })`
    expect(await expectNoVerdict(mini, added)).toContain('when broken: oops')
  })

  test('when a test is not defined with check(), then there is no verdict', async ({ mini }) => {
    const added = "import { test } from 'vitest'\ntest('bare', () => {})"
    expect(await expectNoVerdict(mini, added)).toContain('bare: not defined with check()')
  })

  test('when the file is gone, then there is no verdict, and it is named', async ({ mini }) => {
    rmSync(mini.path(checks))
    expect(await expectNoVerdict(mini)).toContain(checks)
  })

  test('when there is no verdict, then the text says so and nothing is passed', async ({
    mini,
  }) => {
    mini.learnerSolves()
    mini.write(checks, `${mini.read(checks)}\nthrow new Error('half a file')`)
    const { code, stdout } = await mini.run('grade step-02')
    expect(code).toBe(2)
    expect(stdout).toContain('half a file')
    expect(stdout).toMatch(/^ERROR {2}/m)
    expect(stdout).not.toContain('PASS')
    expect((await mini.run('progress')).stdout).toContain('0 of 2 steps passed')
  })
})
