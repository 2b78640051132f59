import { describe, expect } from 'vitest'
import { Result } from '../../report/result.ts'
import type { Mini } from '../mini.ts'
import { test } from '../mini-test.ts'
import { until } from '../until.ts'

const silent = `
import { spawn } from 'node:child_process'
spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' })
export function greet(): void {}`

/** Starts a grade of a server that answers nothing, and waits until its checks run. */
async function inTheMiddle(mini: Mini) {
  mini.learnerWrites(silent)
  const running = mini.start(['grade', '2'])
  const servers = () => mini.leftovers().filter((text) => text.includes('server.ts'))
  await until(() => servers().length >= 2, 20_000) // the shared one, and one check's own
  return running
}

const nothingLeft = (mini: Mini, ms: number) => until(() => mini.leftovers().length === 0, ms)

describe.concurrent('the end of a grade', () => {
  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'when %s comes in the middle, then it cleans up and exits with %i',
    async ([signal, exitCode], { mini }) => {
      const { child, ended } = await inTheMiddle(mini)
      child.kill(signal)
      const { code, stdout, stderr } = await ended
      expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' })
      expect(stderr).toContain('Stopped. Nothing was graded, and nothing is left running.')
      await nothingLeft(mini, 3000)
    },
  )

  test('when Ctrl-C is pressed again and again, then it still cleans up', async ({ mini }) => {
    const { child, ended } = await inTheMiddle(mini)
    for (let press = 0; press < 5; press++) child.kill('SIGINT')
    expect((await ended).code).toBe(130)
    await nothingLeft(mini, 3000)
  })

  test('when the grader is killed with -9, then its warden cleans up', async ({ mini }) => {
    const { child, ended } = await inTheMiddle(mini)
    child.kill('SIGKILL')
    expect((await ended).signal).toBe('SIGKILL')
    await nothingLeft(mini, 5000)
  })

  test('when it ends in order, then nothing is left at the moment it ends', async ({ mini }) => {
    mini.learnerSolves()
    expect((await mini.run('grade 2')).code).toBe(0)
    expect(mini.leftovers()).toEqual([])
  })
})

describe.concurrent('grades at once', () => {
  test('when two steps are graded at once, then both get their verdicts', async ({ mini }) => {
    const [one, two] = await Promise.all([mini.grade('grade 1'), mini.grade('grade 2')])
    expect([one.code, two.code]).toEqual([0, 1])
    expect(one.result.checks.map(({ id }) => id)).toEqual(['ping'])
    expect(two.result.checks).toHaveLength(4)
    expect(mini.read('.workshop/history.jsonl').trim().split('\n')).toHaveLength(2)
  })

  test('when one step is graded twice at once, then both get their verdicts', async ({ mini }) => {
    mini.learnerSolves()
    const both = await Promise.all([mini.grade(), mini.grade()])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    const kept = Result.parse(JSON.parse(mini.read('.workshop/results/step-02.json')))
    expect(both.map(({ result }) => result.startedAt)).toContain(kept.startedAt)
  })
})

describe.concurrent('the environment of a graded server', () => {
  test('when the grader has settings of vitest, npm and Node, then the server has none', async ({
    mini,
  }) => {
    mini.learnerSolves(`import { writeFileSync } from 'node:fs'
      const { env, execPath, version } = process
      writeFileSync('seen-' + env.GREETING, JSON.stringify({ env, execPath, version }))`)
    await mini.run('grade 2 no-load', {
      VITEST: 'true',
      NODE_ENV: 'test',
      NODE_OPTIONS: '--no-warnings',
      npm_config_registry: 'http://127.0.0.1:1',
      npm_package_name: 'x',
      DATABASE_URL: 'postgres://secret',
    })
    for (const greeting of ['Hello', 'Moin']) {
      const seen = JSON.parse(mini.read(`seen-${greeting}`))
      const names = Object.keys(seen.env).join(' ')
      expect(names).not.toMatch(/VITEST|NODE_(?!COMPILE_CACHE)|npm_|DATABASE_URL|WORKSHOP_ROOT/)
      expect(seen.env).toMatchObject({ HOST: '127.0.0.1', GREETING: greeting })
      expect(seen.env.WORKSHOP_GRADE).toMatch(/^workshop-grade-/)
      expect(seen.execPath).toBe(process.execPath)
      expect(seen.version).toBe(process.version)
    }
  })
})
