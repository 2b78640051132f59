import { describe, expect } from 'vitest'
import { freePort } from '../../process/free-port.ts'
import type { Mini, Running } from '../mini.ts'
import { test } from '../mini-test.ts'
import { until } from '../until.ts'

/** Starts, and resolves with the address that the server prints. */
async function started(mini: Mini, words: string[], env: NodeJS.ProcessEnv = { PORT: '0' }) {
  const running = mini.start(['start', ...words], env)
  return { ...running, address: await until(() => addressIn(running), 10_000) }
}

const addressIn = ({ stdout }: Running): string | undefined =>
  /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(stdout())?.[1]

describe.concurrent('start', () => {
  test.for(['SIGINT', 'SIGTERM'] as const)(
    'when %s comes, then the server ends, and so does the command',
    async (signal, { mini }) => {
      const { child, address, ended } = await started(mini, ['step-02'])
      expect(await (await fetch(`${address}/ping`)).text()).toBe('ok')
      child.kill(signal)
      expect((await ended).code).not.toBe(0)
      await expect(fetch(`${address}/ping`)).rejects.toThrow()
    },
  )

  test('when PORT is set, then the server listens there', async ({ mini }) => {
    const port = await freePort()
    const { child, address, ended } = await started(mini, ['step-01'], { PORT: `${port}` })
    expect(address).toBe(`http://127.0.0.1:${port}`)
    child.kill('SIGINT')
    await ended
  })

  test('when it starts, then it says which layer comes from where, and it is so', async ({
    mini,
  }) => {
    mini.learnerSolves()
    mini.edit('steps/step-02-greeting/greeting.ts', '!`', ' from mine`')
    const mine = await started(mini, ['step-02'])
    expect(mine.stdout()).toMatch(/#greeting +yours: steps\/step-02-greeting\/greeting\.ts/)
    expect(await (await fetch(`${mine.address}/greet?name=x`)).text()).toBe('Hello, x from mine')
    const solution = await started(mini, ['2', 'solution', 'graded'])
    expect(solution.stdout()).toMatch(/#greeting +reference: solutions\/step-02-greeting/)
    expect(solution.stdout()).toContain('GREETING=Hello')
    expect(await (await fetch(`${solution.address}/greet?name=x`)).text()).toBe('Hello, x!')
    const naive = await started(mini, [])
    expect(naive.stdout()).toMatch(/#greeting +naive: steps\/step-01-baseline\/greeting\.ts/)
    for (const { child, ended } of [mine, solution, naive]) {
      child.kill('SIGTERM')
      await ended
    }
  })

  test('when the server ends by itself, then the command has its exit code', async ({ mini }) => {
    mini.learnerSolves('process.exit(7)')
    expect((await mini.run('start step-02', { PORT: '0' })).code).toBe(7)
  })
})
