import { describe, expect } from 'vitest'
import type { Mini } from '../mini.ts'
import { test } from '../mini-test.ts'

const work = 'steps/step-02-greeting/greeting.ts'
const never = 'setInterval(() => {}, 1000)\nawait new Promise(() => {})'

/** Grades the learner's layer as it is written; its server must not come up. */
async function problemOf(mini: Mini) {
  const { code, result } = await mini.grade()
  expect(code).toBe(1)
  expect(result).toMatchObject({ verdict: 'fail', checks: [] })
  const { problem } = result
  return { ...problem, code: problem?.code, details: problem?.details.join('\n') }
}

describe.concurrent('a server that does not start', () => {
  test('when it does not listen in time, then that is said with the port', async ({ mini }) => {
    mini.learnerSolves(`console.log('thinking')\n${never}`)
    const { code, message, details } = await problemOf(mini)
    expect(code).toBe('E_SERVER_SILENT')
    expect(message).toMatch(/did not listen on port \d+ within 10 s/)
    expect(details).toContain('thinking')
  })

  test('when it cannot be read, then file and line are named', async ({ mini }) => {
    mini.learnerWrites('const one = 1\nexport const greet = (=> one')
    const { code, message, cause } = await problemOf(mini)
    expect(code).toBe('E_SERVER_SYNTAX')
    expect(message).toContain(`${work}, line 2, column 22`)
    expect(cause).toMatch(/Expected|Unexpected/)
  })

  test('when an export is missing, then file and name are named', async ({ mini }) => {
    mini.learnerWrites('export const hello = 1')
    const { code, message } = await problemOf(mini)
    expect(code).toBe('E_SERVER_EXPORT')
    expect(message).toContain('greeting.ts does not export "greet"')
  })

  test('when a variant lacks the export, then the variant is named', async ({ mini }) => {
    const { result } = await mini.grade('grade 2 --target wrong/other-name')
    expect(result.problem?.code).toBe('E_SERVER_EXPORT')
    expect(result.problem?.message).toContain('wrong/other-name.ts does not export "greet"')
  })

  test.for([
    ['./nothing.ts', `"steps/step-02-greeting/nothing.ts" (by ${work})`],
    ['no-such-package', `"no-such-package" (by ${work})`],
    ['node:htp', '"node:htp"'],
    ['#nothing', '"#nothing"'],
  ])('when "%s" is imported, then it is named', async ([name, said], { mini }) => {
    mini.learnerSolves(`import '${name}'`)
    const { code, message } = await problemOf(mini)
    expect(code).toBe('E_SERVER_IMPORT')
    expect(message).toContain(said)
    expect(message).not.toContain(mini.root)
  })

  test('when it throws while it starts, then its last lines are shown', async ({ mini }) => {
    mini.learnerSolves("throw new Error('no database')")
    const { code, message, details } = await problemOf(mini)
    expect(code).toBe('E_SERVER_EXITED')
    expect(message).toContain('(exit code 1)')
    expect(details).toContain('Error: no database')
  })

  test('when it exits, then its code and last words are shown', async ({ mini }) => {
    mini.learnerSolves("console.log('giving up')\nprocess.exit(3)")
    const { code, message, details, next } = await problemOf(mini)
    expect(code).toBe('E_SERVER_EXITED')
    expect(message).toContain('(exit code 3)')
    expect(details).toBe('giving up')
    expect(next).toContain('npm start step-02')
  })

  test('when it listens on another port, then both ports are named', async ({ mini }) => {
    mini.learnerSolves(
      `import { createServer } from 'node:http'\ncreateServer().listen(0, '127.0.0.1')\n${never}`,
    )
    const { code, message } = await problemOf(mini)
    expect(code).toBe('E_SERVER_WRONG_PORT')
    expect(message).toMatch(/listens on port \d+, but it was told PORT=\d+/)
  })

  test('when it prints without end, then it is stopped and a few lines are shown', async ({
    mini,
  }) => {
    mini.learnerSolves(
      "console.log('first')\nconst again = () => console.log('again '.repeat(1000))\nfor (;;) await new Promise((done) => setImmediate(() => done(again())))",
    )
    const { code, message, details } = await problemOf(mini)
    expect(code).toBe('E_SERVER_FLOOD')
    expect(message).toContain('more than 8 MB')
    expect(details?.split('\n').length).toBeLessThanOrEqual(7)
    expect(details).toMatch(/^first\n/)
  })
})
