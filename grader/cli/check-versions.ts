import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LoadedStep } from '../catalogue/load-steps.ts'
import { type Target, variantsOf } from '../catalogue/target.ts'
import { Result } from '../report/result.ts'

interface Version {
  target: Target
  /** Whether its load gate has to run to tell. One at a time: load wants a quiet machine. */
  load: boolean
  /** Says what is wrong with the verdict, if anything is. */
  judge(result: Result): string | undefined
}

/**
 * Grades every kept version of a step in a process of its own, as a learner's is: the starter must
 * fail, reference and right ones pass, wrong ones fail by the check they name.
 */
export async function checkVersions(
  step: LoadedStep,
  count: (name: string, problem: string | undefined) => void,
): Promise<void> {
  const versions = versionsOf(step)
  const grade = async ({ target, load, judge }: Version) => {
    const result = await gradeApart(step, target, load)
    count(`${step.id} ${target}`, typeof result === 'string' ? result : judge(result))
  }
  const quick = versions.filter(({ load }) => !load)
  const worker = async () => {
    for (let version = quick.shift(); version; version = quick.shift()) await grade(version)
  }
  await Promise.all([worker(), worker()])
  for (const version of versions.filter(({ load }) => load)) await grade(version)
}

function versionsOf(step: LoadedStep): Version[] {
  const mustPass = (result: Result) =>
    result.verdict === 'pass'
      ? undefined
      : `must pass, but: ${result.verdict}, ${failuresOf(result)}`
  const mustFail = ({ verdict, checks }: Result) =>
    verdict === 'fail' && checks.some(({ passed }) => !passed)
      ? undefined
      : `must fail a check, but: ${verdict}`

  const own: Version[] = [{ target: 'solution', load: true, judge: mustPass }]
  if (!step.shipsFinished) own.unshift({ target: 'starter', load: false, judge: mustFail })
  return [
    ...own,
    ...variantsOf(step).map(({ target, caughtBy }): Version => {
      if (target.startsWith('right/')) return { target, load: true, judge: mustPass }
      return {
        target,
        load: caughtBy?.startsWith('load:') ?? false,
        judge: (result) => wrongVerdict(result, caughtBy),
      }
    }),
  ]
}

function wrongVerdict(result: Result, caughtBy: string | undefined): string | undefined {
  if (!caughtBy) return 'its first line must be "// caught by: <id of a check>"'
  const wanted = caughtBy.replace(/^load:/, '')
  const failed = [...result.checks, ...result.gates.flatMap(({ observations }) => observations)]
    .filter(({ passed }) => !passed)
    .map(({ id }) => id)
  if (result.problem?.code === wanted || failed.includes(wanted)) return undefined
  return `must be caught by ${wanted}, but: ${result.verdict}, ${failuresOf(result)}`
}

const failuresOf = ({ checks, gates, problem }: Result): string =>
  [
    ...checks
      .filter(({ passed }) => !passed)
      .map(({ id, evidence }) => `${id} (${evidence?.received})`),
    ...gates
      .flatMap(({ observations }) => observations)
      .filter(({ passed }) => !passed)
      .map(({ id, measured }) => `${id} (${measured})`),
    ...(problem ? [problem.code, problem.message, ...problem.details] : []),
  ].join('; ') || 'nothing failed'

/** Grades through the command line and reads its JSON; a string says why there is none. */
function gradeApart(step: LoadedStep, target: Target, load: boolean): Promise<Result | string> {
  const main = fileURLToPath(new URL('main.ts', import.meta.url))
  const args = [main, 'grade', step.id, '--json', '--target', target, '--seed', '1']
  if (!load) args.push('--no-load')
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      {
        // With a lifecycle event it watches its parent: when `check` is killed, so is the grade.
        env: { ...process.env, WORKSHOP_ROOT: step.root, npm_lifecycle_event: 'check' },
        maxBuffer: 2 ** 26,
        timeout: 120_000,
      },
      (_error, stdout, stderr) => {
        try {
          resolve(Result.parse(JSON.parse(stdout)))
        } catch {
          resolve(
            `the grader gave no result: ${stderr.trim() || stdout.slice(0, 300) || 'no output'}`,
          )
        }
      },
    )
  })
}
