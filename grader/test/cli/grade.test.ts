import { existsSync, rmSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { Result } from '../../report/result.ts'
import { test } from '../mini-test.ts'

describe.concurrent('grade', () => {
  test('when the layer is right, then it passes, with its figures and what comes next', async ({
    mini,
  }) => {
    mini.learnerSolves()
    const { code, stdout } = await mini.run('grade step-02')
    expect(code, stdout).toBe(0)
    expect(stdout).toMatch(/✔ when a visitor says a name, then the greeting has it/)
    expect(stdout).toMatch(/✔ greetings that the server counted: \d+ requests, needed at least 10/)
    expect(stdout).toMatch(/greetings {3}\d\.\d\d ms/)
    expect(stdout).toMatch(/^PASS {2}4 of 4 checks hold, load gate: pass · [\d.]+ s · seed \d+$/m)
    expect(stdout).toContain('npm run diff step-02')
    expect(stdout).toContain('That was the last step so far.')
  })

  test('when checks fail, then each says what was sent, expected, received, and why', async ({
    mini,
  }) => {
    const { code, stdout } = await mini.run('grade step-02')
    expect(code).toBe(1)
    for (const label of ['sent', 'expected', 'received', 'why', 'look', 'by hand']) {
      const rows = stdout.match(new RegExp(`^ {6}${label} +\\S`, 'gm'))
      expect(rows, label).toHaveLength(4)
    }
    expect(stdout).toMatch(/sent +GET \/greet\n +expected +400\n +received +200 OK, Hello\n/)
    expect(stdout).toContain('Nobody is not a visitor.')
    expect(stdout).toMatch(/^FAIL {2}0 of 4 checks hold · /m)
    expect(stdout).toContain('not run: a server that fails a check gets no load')
    expect(stdout).toMatch(/steps\/step-02-greeting\/greeting\.ts is still the starting version/)
    expect(stdout).toContain('npm run hint step-02')
  })

  test('when only some checks fail, then the others are reported as held', async ({ mini }) => {
    mini.learnerSolves()
    mini.edit('steps/step-02-greeting/greeting.ts', '!`', '.`')
    const { code, result } = await mini.grade()
    expect(code).toBe(1)
    const held = result.checks.filter(({ passed }) => passed).map(({ id }) => id)
    expect(held).toEqual(['no-name'])
    expect(result.checks.map(({ id }) => id)).toEqual([
      'by-name',
      'no-name',
      'other-words',
      'kept-open',
    ])
  })

  test('when the load gate fails, then the verdict is fail and says by which figure', async ({
    mini,
  }) => {
    mini.learnerWrites(mini.read('solutions/step-02-greeting/wrong/tires.ts'))
    const { code, stdout } = await mini.run('grade step-02')
    expect(code).toBe(1)
    expect(stdout).toMatch(/✖ answers that were wrong or missing: \d+ answers, needed at most 0/)
    expect(stdout).toContain('a visitor who is not greeted does not come back')
    expect(stdout).toMatch(/^FAIL {2}4 of 4 checks hold, load gate: fail/m)
  })

  test('when --json is given, then standard output is the result and nothing else', async ({
    mini,
  }) => {
    const { code, stdout } = await mini.run('grade step-02 --json')
    expect(code).toBe(1)
    const result = Result.parse(JSON.parse(stdout))
    expect(result).toMatchObject({
      verdict: 'fail',
      target: 'mine',
      gates: [{ verdict: 'not run' }],
    })
    expect(result.step).toEqual({
      id: 'step-02',
      title: 'Greet by name',
      file: 'steps/step-02-greeting/greeting.ts',
    })
    expect(JSON.parse(mini.read('.workshop/results/step-02.json'))).toEqual(JSON.parse(stdout))
  })

  test('when the reference is graded by plain words, then it passes and is not remembered', async ({
    mini,
  }) => {
    const { code, stdout } = await mini.run('grade 2 solution')
    expect(code, stdout).toBe(0)
    expect(stdout).toContain('graded as solution: solutions/step-02-greeting/greeting.ts')
    expect(existsSync(mini.path('.workshop/history.jsonl'))).toBe(false)
  })

  test('when the step ships finished, then its baseline is graded', async ({ mini }) => {
    const { code, result } = await mini.grade('grade step-01')
    expect(code).toBe(0)
    expect(result.step.file).toBe('steps/step-01-baseline/ping.ts')
  })

  test('when no step is named, then the first one that was not passed is meant', async ({
    mini,
  }) => {
    mini.learnerSolves()
    expect((await mini.grade('grade no-load')).result.step.id).toBe('step-01')
    expect((await mini.grade('grade no-load')).result.step.id).toBe('step-02')
    const { code, stderr } = await mini.run('grade')
    expect(code).toBe(2)
    expect(stderr).toMatch(/^E_NOTHING_LEFT .*\n.*\n {2}Next: .*npm run grade step-02/)
  })

  test('when the learner’s file is gone, then it is said how to get it back', async ({ mini }) => {
    rmSync(mini.path('steps/step-02-greeting/greeting.ts'))
    const { code, stdout, stderr } = await mini.run('grade step-02')
    expect(stderr).toBe('')
    expect(stdout).toMatch(/steps\/step-02-greeting\/greeting\.ts is not there\./)
    expect(stdout).toContain('npm run reset step-02')
    expect(code).toBe(1)
    const again = await mini.grade()
    expect(again.result.problem?.code).toBe('E_FILE_MISSING')
  })

  test('when the file has a type error, then it is a note and does not decide', async ({
    mini,
  }) => {
    mini.learnerSolves('export const count: number = "four"')
    const { code, stdout } = await mini.run('grade step-02')
    expect(code, stdout).toBe(0)
    expect(stdout).toMatch(/note {2}steps\/step-02-greeting\/greeting\.ts\(1,14\): error TS2322/)
  })
})

describe.concurrent('grade --plain', () => {
  test('when it is given, then there are words, no colours and no signs', async ({ mini }) => {
    const { code, stdout } = await mini.run('grade step-02 --plain', { FORCE_COLOR: '1' })
    expect(code).toBe(1)
    for (const sign of ['\x1b', '✔', '✖', '█']) expect(stdout).not.toContain(sign)
    expect(stdout).toContain('FAILED: when a visitor says no name, then 400')
    expect(stdout).toContain('  received: 200 OK, Hello')
    const { stdout: coloured } = await mini.run('grade step-02', { FORCE_COLOR: '1' })
    expect(coloured).toContain('\x1b[31m✖')
  })

  test('when the server itself answers in colours, then they stay out of the report', async ({
    mini,
  }) => {
    mini.learnerSolves()
    const red = "response.end('\\x1b[31m' + "
    mini.edit('steps/step-02-greeting/greeting.ts', /response.end\((?=`)/, red)
    const { stdout } = await mini.run('grade step-02 plain')
    expect(stdout).toContain('received: 200 OK, Hello')
    expect(stdout).not.toContain('\x1b')
  })
})

describe.concurrent('grade --seed', () => {
  const wordsOf = async (ended: Promise<{ result: Result }>) =>
    (await ended).result.checks[0]?.evidence?.sent

  test('when a seed is given back, then the random data are the same', async ({ mini }) => {
    const first = await mini.grade()
    const words = first.result.checks[0]?.evidence?.sent
    expect(words).toMatch(/name=[a-z]{8}$/)
    expect(await wordsOf(mini.grade(`grade step-02 --seed ${first.result.seed}`))).toBe(words)
    expect(await wordsOf(mini.grade(`grade step-02 --seed ${first.result.seed + 1}`))).not.toBe(
      words,
    )
  })

  test.for(['seven', ''])('when the seed is "%s", then it is refused', async (seed, { mini }) => {
    const { code, stdout, stderr } = await mini.start(['grade', '2', `--seed=${seed}`]).ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^E_UNKNOWN_OPTION/)
    expect(stderr).toContain('--seed')
  })
})
