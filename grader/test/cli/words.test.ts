import { describe, expect } from 'vitest'
import { test } from '../mini-test.ts'

describe.concurrent('the words of a command', () => {
  test('when a step is called by its folder, as a shell completes it, then it is found', async ({
    mini,
  }) => {
    const { code, stdout, stderr } = await mini.run('hint ./steps/step-02-greeting/')
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('step-02, hint 1 of 4')
  })

  test('when a step does not exist, then the nearest or all are named', async ({ mini }) => {
    const typo = await mini.run('grade greting')
    expect(typo).toMatchObject({ code: 2, stdout: '' })
    expect(typo.stderr).toMatch(/^E_UNKNOWN_STEP {2}There is no step "greting"/)
    expect(typo.stderr).toContain('Did you mean step-02 (greeting)?')
    const number = await mini.run('grade step-99')
    expect(number.code).toBe(2)
    expect(number.stderr).toContain('There are: step-01, step-02.')
  })

  test('when a command does not exist, then the nearest one is named', async ({ mini }) => {
    const { code, stdout, stderr } = await mini.run('grad step-02')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('There is no command "grad"')
    expect(stderr).toContain('Did you mean: npm run grade')
  })

  test('when an option does not exist, then the usage is shown', async ({ mini }) => {
    const { code, stdout, stderr } = await mini.run('grade step-02 --fast')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^E_UNKNOWN_OPTION .*--fast/)
    expect(stderr).toContain('Usage: npm run grade [step]')
  })

  test('when there is a word too many, then it is named', async ({ mini }) => {
    const { code, stdout, stderr } = await mini.run('grade step-02 step-01')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('"step-01" is one word too many')
  })

  test('when a target is neither a version nor a variant, then it is wrong usage', async ({
    mini,
  }) => {
    const { code, stdout, stderr } = await mini.run('grade step-02 --target soluton')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^E_UNKNOWN_OPTION .*soluton/)
  })

  test('when a variant does not exist, then the catalogue is blamed, not the learner', async ({
    mini,
  }) => {
    const { code, stdout } = await mini.run('grade step-02 --target wrong/nothing')
    expect(code).toBe(2)
    expect(stdout).toContain('solutions/step-02-greeting/wrong/nothing.ts is missing')
  })

  test('when npm has taken a flag for itself, then its trace is followed', async ({ mini }) => {
    const { stdout } = await mini.run('hint step-02', { npm_config_all: 'true' })
    expect(stdout).toContain('hint 4 of 4')
  })

  test('when help is asked for, then all commands or the flags of one are listed', async ({
    mini,
  }) => {
    const all = await mini.run('help')
    expect(all.code).toBe(0)
    for (const name of ['grade', 'hint', 'progress', 'start', 'diff', 'reset', 'check'])
      expect(all.stdout).toMatch(new RegExp(`^ +npm run ${name}\\b.* {2}\\S`, 'm'))
    const one = await mini.run('grade --help')
    expect(one.code).toBe(0)
    expect(one.stdout).toMatch(/^ +seed +repeat the random data/m)
  })
})
