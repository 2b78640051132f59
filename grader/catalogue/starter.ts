import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadedStep } from './load-steps.ts'

/**
 * The starting version of a step's file: what to do, then the baseline's module as it is. Made
 * rather than stored, so that it cannot drift from the baseline and `reset` needs no git.
 */
export function starterOf(step: LoadedStep): string {
  const todo = step.todo.map((line) => (line ? `// ${line}` : '//')).join('\n')
  return `${todo}\n\n${readFileSync(join(step.root, step.files.naive), 'utf8')}`
}

/** Whether the file is still (or again) the starting version; line endings do not count. */
export function isPristine(step: LoadedStep): boolean {
  const normal = (text: string) => text.replaceAll('\r\n', '\n').trim()
  const file = join(step.root, step.files.work)
  return existsSync(file) && normal(readFileSync(file, 'utf8')) === normal(starterOf(step))
}
