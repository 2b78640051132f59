import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { defineCommand } from '../command.ts'

/** One part of `npm test`: a program of ours or of a package, and how to count what it found. */
interface Part {
  name: string
  /** Arguments for the pinned Node. */
  args: string[]
  /** Reads the counts from its output; by default a part is one test. */
  count?: (output: string) => { passed: number; failed: number } | undefined
}

/** The script behind a package's command. */
function binOf(packageName: string, script: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`)
  return join(dirname(manifest), script)
}

const lastCounts = (pattern: RegExp) => (output: string) => {
  const match = [...output.matchAll(pattern)].at(-1)
  return match && { passed: Number(match[1]), failed: Number(match[2]) }
}

export const test = defineCommand({
  name: 'test',
  about: 'everything: types, lint, the grader, and every kept version of every step',
  takes: '',
  mostWords: 0,
  flags: {},
  async run({ root, look, print }) {
    const main = join(root, 'grader/cli/main.ts')
    const parts: Part[] = [
      { name: 'types', args: [binOf('typescript', 'bin/tsc'), '--pretty', 'false'] },
      {
        name: 'lint and format',
        args: [binOf('@biomejs/biome', 'bin/biome'), 'ci', '--colors=off'],
      },
      { name: 'generated files', args: [main, 'generate', 'fresh'] },
      {
        name: "the grader's own tests",
        args: [
          binOf('vitest', 'vitest.mjs'),
          'run',
          '--config',
          'grader/test/vitest.config.ts',
          '--reporter=default',
          '--reporter=./grader/test/count-reporter.ts',
        ],
        count: lastCounts(/^(\d+) passed, (\d+) failed$/gm),
      },
      {
        // One verdict in each condition on what must pass and on what must not.
        name: 'verdicts under foreign load',
        args: [main, 'verdicts', '--count', '1'],
      },
      {
        name: 'steps and their versions',
        args: [main, 'check'],
        count: lastCounts(/^(\d+) passed, (\d+) failed$/gm),
      },
    ]
    let passed = 0
    let failed = 0
    for (const part of parts) {
      print(look.paint('bold', `\n# ${part.name}`))
      const { code, output } = await run(root, part.args)
      const counts = part.count
        ? part.count(output)
        : { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 }
      passed += counts?.passed ?? 0
      failed += counts?.failed ?? 0
      // A part that broke off, or failed without counting a failure, is a failure all the same.
      if (!counts || counts.passed + counts.failed === 0 || (code !== 0 && counts.failed === 0))
        failed++
    }
    print(`\n${passed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  },
})

/** Runs a part, passing its output on as it comes. */
function run(cwd: string, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', npm_lifecycle_event: '' },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => {
        output += text
        process.stdout.write(text)
      })
    }
    child.on('close', (code) => resolve({ code, output }))
  })
}
