import { describe, expect } from 'vitest'
import { test } from '../mini-test.ts'

describe.concurrent('hint', () => {
  test('when it is asked for again, then the next one comes, until the last', async ({ mini }) => {
    for (const number of [1, 2, 3, 4, 4]) {
      const { code, stdout } = await mini.run('hint 2')
      expect(code).toBe(0)
      expect(stdout).toContain(`step-02, hint ${number} of 4`)
      expect(stdout.match(/hint \d of/g)).toHaveLength(1)
      expect(stdout.includes('That was the last.')).toBe(number === 4)
    }
  })

  test('when all are asked for, then all come and none counts as shown', async ({ mini }) => {
    const { stdout } = await mini.run('hint 2 all')
    expect(stdout.match(/hint \d of 4/g)).toHaveLength(4)
    expect((await mini.run('hint 2')).stdout).toContain('hint 1 of 4')
  })

  test('when the step is passed, then there are hints all the same', async ({ mini }) => {
    mini.learnerSolves()
    expect((await mini.run('grade 2 no-load')).code).toBe(0)
    expect((await mini.run('hint 2')).stdout).toContain('hint 1 of 4')
  })

  test('when the step ships finished, then it is said that there are none', async ({ mini }) => {
    const { code, stdout } = await mini.run('hint step-01')
    expect(code).toBe(0)
    expect(stdout).toContain('ships finished and has no hints')
  })
})

describe.concurrent('diff', () => {
  test('when the step is not passed, then it asks once, then shows', async ({ mini }) => {
    const first = await mini.run('diff 2')
    expect(first).toMatchObject({ code: 2, stdout: '' })
    expect(first.stderr).toMatch(/^E_SPOILER.+npm run diff step-02/s)
    const second = await mini.run('diff 2')
    expect(second.code).toBe(0)
    expect(second.stdout).toContain('-  response.end(greeting)')
    expect(second.stdout).toContain("+  if (!name) response.writeHead(400).end('who are you?')")
    expect(second.stdout).toContain('--- steps/step-02-greeting/greeting.ts\tyours')
  })

  test('when the step is passed, then it shows at once', async ({ mini }) => {
    mini.learnerSolves('// mine')
    expect((await mini.run('grade 2 no-load')).code).toBe(0)
    const { code, stdout } = await mini.run('diff 2')
    expect(code).toBe(0)
    expect(stdout).toContain('-// mine')
  })

  test('when the step ships finished, then there is nothing to compare', async ({ mini }) => {
    const { code, stderr } = await mini.run('diff 1')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^E_NO_LAYER/)
  })
})

describe.concurrent('progress', () => {
  test('when nothing was graded, then it says where to begin', async ({ mini }) => {
    const { code, stdout } = await mini.run('progress')
    expect(code).toBe(0)
    expect(stdout).toContain('0 of 2 steps passed')
    expect(stdout).toMatch(/step-02 {2}Greet by name +not tried yet/)
    expect(stdout).toContain('npm run grade step-01')
  })

  test('when a step is passed and one was tried, then both are told apart', async ({ mini }) => {
    await mini.run('grade 1 no-load')
    await mini.run('grade 2')
    const { stdout } = await mini.run('progress plain')
    expect(stdout).toContain('1 of 2 steps passed')
    expect(stdout).toMatch(/^step-01 {2}A tiny baseline +passed +last grade .* UTC: pass, 1 of 1/m)
    expect(stdout).toMatch(/^step-02 {2}Greet by name +tried +last grade .* UTC: fail, 0 of 4/m)
    expect(stdout).toMatch(/^Next: {2}read steps\/step-02-greeting\/README\.md/m)
  })

  test('when a passed step fails later, then it stays passed', async ({ mini }) => {
    mini.learnerSolves()
    await mini.run('grade 2 no-load')
    mini.learnerWrites(mini.read('steps/step-01-baseline/greeting.ts'))
    await mini.run('grade 2 no-load')
    const { stdout } = await mini.run('progress plain')
    expect(stdout).toMatch(/^step-02 {2}Greet by name +passed +.*fail, 0 of 4/m)
  })
})
