import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { LoadedStep } from '../catalogue/load-steps.ts'
import { conditionsOf, type Target, variantOf } from '../catalogue/target.ts'
import { WorkshopError } from '../errors.ts'
import type { ServerPlan } from '../process/start-server.ts'

/**
 * How the server of a step is composed with this version of its layer.
 * @param folder of the grade, from `openGrade`.
 * @throws WorkshopError E_FILE_MISSING, E_NO_REFERENCE
 */
export function planOf(
  steps: LoadedStep[],
  step: LoadedStep,
  target: Target,
  folder: string,
): ServerPlan {
  const variant = variantOf(step, target)
  const file = fileOf(step, target)
  if (!existsSync(join(step.root, file))) {
    const code = target === 'mine' ? 'E_FILE_MISSING' : 'E_NO_REFERENCE'
    throw new WorkshopError(code, { file, step: step.id })
  }
  return {
    root: step.root,
    folder,
    conditions: conditionsOf(steps, step, target),
    replace: variant && { specifier: variant.specifier, file: join(step.root, variant.file) },
    settings: step.settings,
    gradedFolders: [`${dirname(file)}/`],
    step: step.id,
  }
}

/** Path, from the root, of a version of a step's layer. */
export function fileOf(step: LoadedStep, target: Target): string {
  if (target === 'starter') return step.files.naive
  if (target === 'solution') return step.files.reference
  if (target === 'mine') return step.shipsFinished ? step.files.naive : step.files.work
  return `solutions/${step.folder}/${target}.ts`
}
