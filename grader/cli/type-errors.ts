import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import type { LoadedStep } from '../catalogue/load-steps.ts'
import { gradeMarker } from '../process/environment.ts'
import { gradeIdOf } from '../process/grade-folder.ts'
import { keepFolder } from '../report/history.ts'

/**
 * Type errors in the learner's file, one line each. They do not decide (tsx runs the file all the
 * same), but `server.maxConections = 50` is best explained by the compiler.
 * @param folder of the grade, from `openGrade`.
 */
export function typeErrors(step: LoadedStep, folder: string): Promise<string[]> {
  const tsc = createRequire(import.meta.url).resolve('typescript/package.json')
  const script = tsc.replace(/package\.json$/, 'bin/tsc')
  const kept = join(keepFolder(step.root), 'types')
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      // What it kept of the last time saves it two thirds of the work.
      [script, '--noEmit', '--pretty', 'false', '--incremental', '--tsBuildInfoFile', kept],
      {
        cwd: step.root,
        timeout: 15_000,
        windowsHide: true,
        // The mark of the grade: what is interrupted is ended with it.
        env: { ...process.env, [gradeMarker]: gradeIdOf(folder) },
      },
      (_error, stdout) =>
        resolve(stdout.split('\n').filter((line) => line.startsWith(step.files.work))),
    )
    // The servers of the checks start meanwhile: they come first.
    if (child.pid) setPriority(child.pid, constants.priority.PRIORITY_LOW)
  })
}
