import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WorkshopError } from '../errors.ts'
import type { LoadedStep } from './load-steps.ts'

/** Whose version of the layer is graded. */
export type Target = 'mine' | 'solution' | 'starter' | `right/${string}` | `wrong/${string}`

/** A version of a layer kept to test the grader. */
export interface Variant {
  target: Target
  /** Path from the root. */
  file: string
  /** The import it stands in for: the step's layer, unless a line `// replaces: #ping` says otherwise. */
  specifier: string
  /** Id of the check or observation that must catch it, from the line `// caught by: …`. */
  caughtBy: string | undefined
}

/** The server of this step: earlier layers by reference, this one as the target says, later ones naive. */
export function conditionsOf(steps: LoadedStep[], step: LoadedStep, target: Target): string[] {
  const two = (number: number) => String(number).padStart(2, '0')
  const conditions = steps
    .filter(({ number, shipsFinished }) => number < step.number && !shipsFinished)
    .map(({ number }) => `done-${two(number)}`)
  if (step.shipsFinished) return conditions
  if (target === 'mine') conditions.push(`mine-${two(step.number)}`)
  if (target === 'solution') conditions.push(`done-${two(step.number)}`)
  return conditions
}

/** All kept versions of a step's layer, right ones first. */
export function variantsOf(step: LoadedStep): Variant[] {
  return (['right', 'wrong'] as const).flatMap((kind) => {
    const folder = join('solutions', step.folder, kind)
    if (!existsSync(join(step.root, folder))) return []
    return readdirSync(join(step.root, folder))
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => readVariant(step, `${kind}/${name.slice(0, -'.ts'.length)}`))
  })
}

function readVariant(step: LoadedStep, target: `right/${string}` | `wrong/${string}`): Variant {
  const file = `solutions/${step.folder}/${target}.ts`
  if (!existsSync(join(step.root, file))) {
    throw new WorkshopError('E_CATALOGUE', { step: step.id, problem: `${file} is missing` })
  }
  const text = readFileSync(join(step.root, file), 'utf8')
  return {
    target,
    file,
    specifier: /^\/\/ replaces: (#\S+)$/m.exec(text)?.[1] ?? `#${step.layer}`,
    caughtBy: /^\/\/ caught by: (\S+)$/m.exec(text)?.[1],
  }
}

/** The variant of a target, or undefined when the target is no variant. */
export function variantOf(step: LoadedStep, target: Target): Variant | undefined {
  return target.startsWith('right/') || target.startsWith('wrong/')
    ? readVariant(step, target as `right/${string}`)
    : undefined
}
