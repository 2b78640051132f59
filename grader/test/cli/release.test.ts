import { mkdirSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { test } from '../mini-test.ts'

const frame = '# Mini\n\n<!-- steps: made by `npm run generate` -->\n<!-- /steps -->\n'

describe.concurrent('generate', () => {
  test('when files made from the steps are stale, then "fresh" says so and changes nothing', async ({
    mini,
  }) => {
    mkdirSync(mini.path('grader'))
    mini.write('README.md', frame)
    const stale = await mini.run('generate fresh')
    expect(stale.code).toBe(1)
    expect(stale.stdout).toContain('README.md is out of date')
    expect(mini.read('README.md')).toBe(frame)
    expect((await mini.run('generate')).code).toBe(0)
    expect(mini.read('README.md')).toContain('| `greeting` | Greet by name: One layer to write. |')
    expect((await mini.run('generate fresh')).code).toBe(0)
  })

  test('when checks differ from the release, then a grade says that it is unofficial', async ({
    mini,
  }) => {
    mkdirSync(mini.path('grader'))
    mini.write('README.md', frame)
    await mini.run('generate')
    mini.learnerSolves()
    expect((await mini.grade('grade step-02 no-load')).result.notes).toEqual([])
    const checks = 'steps/step-02-greeting/greeting.test.ts'
    mini.write(checks, `${mini.read(checks)}// a line more\n`)
    const { code, stdout } = await mini.run('grade step-02 no-load')
    expect(code).toBe(0)
    expect(stdout).toContain(`note  unofficial: ${checks} differs from the release`)
  })
})
