import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Runs the baseline until it ends, or until it listens and is told to end. */
async function runServer(env: Record<string, string>) {
  const server = spawn(process.execPath, ['--import', 'tsx', 'steps/step-01-baseline/server.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...env },
  })
  const closed = once(server, 'close')
  let stdout = ''
  let stderr = ''
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (stdout.includes('listening on')) server.kill()
  })
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const [code] = await closed
  return { code: code as number | null, stdout, lines: stderr.trim().split('\n') }
}

describe('configuration of the baseline', () => {
  test.for([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['PORT', ''],
    ['HOST', ''],
    ['MAX_BODY_BYTES', '64kb'],
    ['HEADERS_TIMEOUT_MS', '0'],
    ['DATABASE_URL', 'not a url'],
    ['DATABASE_URL', 'http://127.0.0.1/db'],
    ['PRICE_URL', 'ftp://127.0.0.1'],
  ])(
    'when %s is "%s", then one line names it, and exit code 2',
    async ([name = '', value = '']) => {
      const { code, lines } = await runServer({ [name]: value })
      expect(lines).toHaveLength(1)
      expect(lines[0]).toContain(`${name}="${value}" must`)
      expect(code).toBe(2)
    },
  )

  test('when nothing is set, then it listens on 127.0.0.1', async () => {
    const { stdout } = await runServer({ PORT: '0' })
    expect(stdout).toMatch(/^listening on http:\/\/127\.0\.0\.1:\d+$/m)
  })
})

describe('a port that is taken', () => {
  test('when another server listens there, then one sentence and exit code 1', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : 0
    const { code, lines } = await runServer({ PORT: String(port) })
    other.close()
    expect(lines).toEqual([expect.stringContaining(`Port ${port} of 127.0.0.1 is taken`)])
    expect(code).toBe(1)
  })
})
