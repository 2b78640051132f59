import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LoadedStep } from './load-steps.ts'
import { isPristine, starterOf } from './starter.ts'
import { variantsOf } from './target.ts'

export interface CatalogueFinding {
  name: string
  /** What is wrong, or undefined when it is as it should be. */
  problem: string | undefined
}

const leastHints = 4
const leastWrong = 6
const leastRight = 3

/** Looks at the files of a step without running anything. */
export function checkCatalogue(step: LoadedStep): CatalogueFinding[] {
  const { id, files, root } = step
  const read = (file: string) => readFileSync(join(root, file), 'utf8')
  const variants = variantsOf(step)
  const wrong = variants.filter(({ target }) => target.startsWith('wrong/'))
  const right = variants.filter(({ target }) => target.startsWith('right/'))
  const missing = [
    files.checks,
    files.lesson,
    files.naive,
    files.reference,
    ...(step.shipsFinished ? [] : [files.work]),
  ].filter((file) => !existsSync(join(root, file)))
  const findings: CatalogueFinding[] = [
    {
      name: `${id} has its files`,
      problem: missing.length > 0 ? `missing: ${missing.join(', ')}` : undefined,
    },
    {
      name: `${id} has enough versions to test the grader`,
      problem:
        wrong.length < leastWrong || right.length < leastRight
          ? `${right.length} right (needs ${leastRight}), ${wrong.length} wrong (needs ${leastWrong})`
          : undefined,
    },
  ]
  if (missing.length > 0) return findings

  const checks = read(files.checks)
  const ids = [...checks.matchAll(/[\s{]id: '([\w-]+)',/g)].map((match) => match[1])
  const twice = ids.filter((one, i) => ids.indexOf(one) !== i)
  const unknown = wrong.filter(
    ({ caughtBy }) =>
      !caughtBy?.startsWith('load:') && !caughtBy?.startsWith('E_') && !ids.includes(caughtBy),
  )
  findings.push(
    {
      name: `${id} names each check once`,
      problem: twice.length > 0 ? `twice: ${twice.join(', ')}` : undefined,
    },
    {
      name: `${id}: wrong versions name a check that exists`,
      problem:
        unknown.length > 0
          ? unknown.map(({ target, caughtBy }) => `${target}: ${caughtBy}`).join(', ')
          : undefined,
    },
  )
  if (!step.shipsFinished) {
    findings.push(
      {
        name: `${id} has hints`,
        problem:
          step.hints.length < leastHints ? `${step.hints.length}, needs ${leastHints}` : undefined,
      },
      { name: `${id}: package.json knows its layer`, problem: importsProblem(step) },
      {
        name: `${id}: the starting version is the baseline's module`,
        problem: starterProblem(step),
      },
    )
  }
  return findings
}

/** A learner's file may differ from the starting version; the committed one may not. */
function starterProblem(step: LoadedStep): string | undefined {
  const { files, root } = step
  const git = spawnSync('git', ['show', `HEAD:./${files.work}`], { cwd: root, encoding: 'utf8' })
  if (isPristine(step) || git.stdout === starterOf(step)) return undefined
  return `${files.work} is not its TODO lines and ${files.naive}; make it so with: npm run reset ${step.id} yes`
}

function importsProblem({ root, number, layer, files }: LoadedStep): string | undefined {
  const { imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const two = String(number).padStart(2, '0')
  const wanted = {
    [`mine-${two}`]: `./${files.work}`,
    [`done-${two}`]: `./${files.reference}`,
    default: `./${files.naive}`,
  }
  const found = JSON.stringify(imports?.[`#${layer}`])
  return found === JSON.stringify(wanted)
    ? undefined
    : `"#${layer}" must be ${JSON.stringify(wanted)}, in this order`
}
