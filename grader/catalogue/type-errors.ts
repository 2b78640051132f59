import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import type { LoadedStep } from './load-steps.ts'

/**
 * Type errors in the learner's file, one line each. They do not decide (tsx runs the file all the
 * same), but `server.maxConections = 50` is best explained by the compiler.
 */
export function typeErrors(step: LoadedStep): Promise<string[]> {
  const tsc = createRequire(import.meta.url).resolve('typescript/package.json')
  const script = tsc.replace(/package\.json$/, 'bin/tsc')
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [script, '--noEmit', '--pretty', 'false'],
      { cwd: step.root, timeout: 15_000, windowsHide: true },
      (_error, stdout) =>
        resolve(stdout.split('\n').filter((line) => line.startsWith(step.files.work))),
    )
  })
}
