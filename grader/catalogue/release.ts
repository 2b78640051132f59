import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadedStep } from './load-steps.ts'

/** Where the hashes of the released files are kept: path from the root → SHA-256. */
export const releaseFile = 'grader/release.json'

/** Every file that decides a verdict and is not the learner's to write, with its hash. */
export function releaseOf(steps: LoadedStep[]): Record<string, string> {
  const hashes: Record<string, string> = {}
  for (const step of steps) {
    const folder = join(step.root, 'steps', step.folder)
    for (const name of readdirSync(folder).sort()) {
      const path = `steps/${step.folder}/${name}`
      const learners = path === step.files.work && !step.shipsFinished
      if (name.endsWith('.ts') && !learners) hashes[path] = hashOf(join(step.root, path))
    }
  }
  return hashes
}

/**
 * Says which files behind the verdict on a step are not those of the release, a line each. Such a
 * grade may be what its reader wants, but it is not the workshop's.
 */
export function unofficial(step: LoadedStep): string[] {
  const file = join(step.root, releaseFile)
  if (!existsSync(file)) return []
  const released: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'))
  return Object.entries(released)
    .filter(
      ([path]) => path.startsWith(`steps/${step.folder}/`) || path.startsWith('steps/step-01-'),
    )
    .filter(
      ([path, hash]) =>
        !existsSync(join(step.root, path)) || hashOf(join(step.root, path)) !== hash,
    )
    .map(([path]) => `unofficial: ${path} differs from the release`)
}

/** Of the text with `\n` line endings: git on Windows may have changed them. */
const hashOf = (path: string): string =>
  createHash('sha256').update(readFileSync(path, 'utf8').replaceAll('\r\n', '\n')).digest('hex')
