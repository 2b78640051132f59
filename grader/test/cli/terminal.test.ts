import { spawn, spawnSync } from 'node:child_process'
import { describe, expect } from 'vitest'
import type { Mini } from '../mini.ts'
import { test } from '../mini-test.ts'
import { until } from '../until.ts'

const work = 'steps/step-02-greeting/greeting.ts'
const hasTerminal = spawnSync('script', ['--version']).stdout?.includes('util-linux') ?? false

/** Runs a command on a terminal of its own; types this when that is on the screen. */
async function onTerminal(mini: Mini, words: string, env = {}, prompt = '', typed = '') {
  const child = spawn('script', ['-qefc', mini.commandLine(words), '/dev/null'], {
    cwd: mini.root,
    env: mini.environment({ TERM: 'xterm', ...env }),
  })
  let screen = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    screen += text
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  if (prompt) {
    await until(() => screen.includes(prompt), 10_000)
    child.stdin.write(typed)
  }
  return { code: await ended, screen }
}

describe.skipIf(!hasTerminal)('on a terminal', () => {
  test('when nothing else is asked for, then there are colours', async ({ mini }) => {
    const { screen } = await onTerminal(mini, 'hint 2')
    expect(screen).toContain('\x1b[1mstep-02, hint 1 of 4')
  })

  test('when NO_COLOR is set, then there are none', async ({ mini }) => {
    const { screen } = await onTerminal(mini, 'hint 2', { NO_COLOR: '1' })
    expect(screen).toContain('step-02, hint 1 of 4')
    expect(screen).not.toContain('\x1b')
  })

  test('when reset is confirmed, then it is done', async ({ mini }) => {
    mini.learnerSolves('// mine')
    const { code } = await onTerminal(mini, 'reset 2', {}, '[y/N]', 'y\r')
    expect(code).toBe(0)
    expect(mini.read(work)).not.toContain('// mine')
  })

  test('when reset is not confirmed, then nothing changes', async ({ mini }) => {
    mini.learnerSolves('// mine')
    const { code, screen } = await onTerminal(mini, 'reset 2', {}, '[y/N]', '\r')
    expect(code).toBe(1)
    expect(screen).toContain('Nothing was changed.')
    expect(mini.read(work)).toContain('// mine')
  })

  test.for([
    ['Ctrl-C', '\x03'],
    ['Ctrl-D', '\x04'],
  ] as const)('when %s answers the question, then nothing changes', async ([, typed], { mini }) => {
    mini.learnerSolves('// mine')
    const { code, screen } = await onTerminal(mini, 'reset 2', {}, '[y/N]', typed)
    expect(code).not.toBe(0)
    expect(screen).toContain('Nothing was changed.')
    expect(screen).not.toMatch(/unsettled|AbortError|\n {4}at /)
    expect(mini.read(work)).toContain('// mine')
  })
})
