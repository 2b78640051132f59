import type { Command } from '../command.ts'

/** The commands, loaded one at a time: most need little of the grader. */
export const commands: Record<string, () => Promise<Command>> = {
  grade: async () => (await import('./grade.ts')).grade,
  hint: async () => (await import('./hint.ts')).hint,
  progress: async () => (await import('./progress.ts')).progress,
  start: async () => (await import('./start.ts')).start,
  diff: async () => (await import('./diff.ts')).diff,
  reset: async () => (await import('./reset.ts')).reset,
  check: async () => (await import('./check.ts')).check,
  verdicts: async () => (await import('./verdicts.ts')).verdicts,
  calibrate: async () => (await import('./calibrate.ts')).calibrate,
  generate: async () => (await import('./generate.ts')).generate,
  test: async () => (await import('./test.ts')).test,
}
