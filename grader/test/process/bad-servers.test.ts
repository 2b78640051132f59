import { describe, expect } from 'vitest'
import { test } from '../mini-test.ts'

// That nothing is left of any of these servers is checked after each test, by `mini` itself.

const never = '`setInterval(() => {}, 1000)`'
const dies = (what: string) => `
import type { ServerResponse } from 'node:http'
let asked = 0
export function greet(name: string | null, greeting: string, response: ServerResponse): void {
  if (++asked === 3) ${what}
  response.writeHead(name ? 200 : 400).end(\`\${greeting}, \${name}!\`)
}`
const handler = (does: string) => `
import type { ServerResponse } from 'node:http'
export function greet(_name: string | null, _greeting: string, _response: ServerResponse): void {
  ${does}
}`
const spawns = (options: string) =>
  `import { spawn } from 'node:child_process'\nspawn(process.execPath, ['-e', ${never}], ${options})`

describe.concurrent('a server that misbehaves while it is checked', () => {
  test('when it dies on the third request, then its last lines are shown', async ({ mini }) => {
    mini.learnerWrites(dies("throw new Error('three is too many')"))
    const { code, result } = await mini.grade()
    expect(code).toBe(1)
    expect(result.problem?.code).toBe('E_SERVER_CRASHED')
    expect(result.problem?.message).toContain('(exit code 1)')
    expect(result.problem?.details.join('\n')).toContain('Error: three is too many')
    expect(result.checks).toHaveLength(4)
  })

  test('when it ends with exit code 0 on a request, then that is no success', async ({ mini }) => {
    mini.learnerWrites(dies('process.exit(0)'))
    const { code, result } = await mini.grade()
    expect(code).toBe(1)
    expect(result.problem?.message).toContain('(exit code 0)')
  })

  test('when the server of one check dies, then that check says so', async ({ mini }) => {
    const exits = "if (greeting === 'Moin') process.exit(5)"
    mini.learnerSolves()
    mini.edit('steps/step-02-greeting/greeting.ts', 'if (!name)', `${exits}\n  if (!name)`)
    const { code, result, stdout } = await mini.grade()
    expect(code, stdout).toBe(1)
    expect(result.checks.filter(({ passed }) => !passed).map(({ id }) => id)).toEqual([
      'other-words',
    ])
    expect(result.checks[2]?.crash?.message).toContain('(exit code 5)')
  })

  test('when it answers nothing, then each check says how long it waited', async ({ mini }) => {
    mini.learnerWrites(handler(''))
    const { code, result } = await mini.grade()
    expect(code).toBe(1)
    expect(result.problem).toBeUndefined()
    expect(result.checks[0]?.evidence?.received).toMatch(/^no answer within 1\.\d s$/)
    expect(result.checks[3]?.evidence?.received).toBe('no answer, connection still open')
  })

  test('when it cuts connections, then that is said in words', async ({ mini }) => {
    mini.learnerWrites(handler('_response.destroy()'))
    const { result } = await mini.grade()
    expect(result.checks[0]?.evidence?.received).toBe(
      'connection reset: the server cut it without an answer',
    )
  })

  test('when a handler never returns, then the checks fail and it is ended', async ({ mini }) => {
    mini.learnerWrites(handler('for (;;) {}'))
    const { code, result } = await mini.grade()
    expect(code).toBe(1)
    expect(result.checks.every(({ passed }) => !passed)).toBe(true)
  })

  test('when it hangs under load, then it fails, and the text says so', async ({ mini }) => {
    mini.learnerWrites(dies('{}').replace('=== 3', '> 8').replace('{}', 'for (;;) {}'))
    const { code, stdout } = await mini.run('grade step-02')
    expect(code, stdout).toBe(1)
    expect(stdout).toMatch(/^FAIL {2}/m)
    expect(stdout).toMatch(/did not answer the grader/)
  })

  test('when it dies under load, then that is what is said', async ({ mini }) => {
    mini.learnerWrites(dies("throw new Error('ten')").replace('=== 3', '=== 8'))
    const { code, result } = await mini.grade()
    expect(code).toBe(1)
    expect(result.problem?.code).toBe('E_SERVER_CRASHED')
  })
})

describe.concurrent('a server with children', () => {
  const passes = { code: 0, result: { verdict: 'pass' } }

  test('when it forks, has children and a daemon without environment, then all end with it', async ({
    mini,
  }) => {
    mini.write('idle.mjs', 'setInterval(() => {}, 1000)')
    mini.learnerSolves(`import { fork } from 'node:child_process'\nfork('idle.mjs')
      ${spawns('{}')}
      ${spawns("{ env: {}, detached: true, stdio: 'ignore' }").replace(/^import.*$/m, '')}`)
    expect(await mini.grade('grade 2 no-load')).toMatchObject(passes)
  })

  test('when it spawns a daemon and crashes, then the daemon is found by its mark', async ({
    mini,
  }) => {
    mini.learnerWrites(
      `${spawns("{ detached: true, stdio: 'ignore' }")}\n${dies('process.exit(1)')}`,
    )
    expect((await mini.grade('grade 2 no-load')).result.problem?.code).toBe('E_SERVER_CRASHED')
  })

  test('when it leaves a child without environment and crashes, then the child ends too', async ({
    mini,
  }) => {
    mini.learnerWrites(`${spawns("{ env: {}, stdio: 'inherit' }")}\n${dies('process.exit(1)')}`)
    expect((await mini.grade('grade 2 no-load')).result.problem?.code).toBe('E_SERVER_CRASHED')
  })

  test('when it ignores polite signals, then it ends all the same', async ({ mini }) => {
    mini.learnerSolves(
      "for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => {})",
    )
    expect(await mini.grade('grade 2 no-load')).toMatchObject(passes)
  })
})
