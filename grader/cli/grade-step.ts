import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type CheckResult, runChecks } from '../behaviour/run-checks.ts'
import type { LoadedStep } from '../catalogue/load-steps.ts'
import { unofficial } from '../catalogue/release.ts'
import { conditionsOf, type Target, variantOf } from '../catalogue/target.ts'
import { typeErrors } from '../catalogue/type-errors.ts'
import { WorkshopError } from '../errors.ts'
import { runGate } from '../load/run-gate.ts'
import { openGrade } from '../process/open-grade.ts'
import { type ServerPlan, startServer } from '../process/start-server.ts'
import { machine } from '../report/machine.ts'
import type { Result } from '../report/result.ts'

export interface GradeOptions {
  steps: LoadedStep[]
  step: LoadedStep
  target: Target
  seed: number
  /** Says what is going on, for the line that a waiting reader sees. */
  progress?: (text: string) => void
  /** Whether the load gate runs when all checks hold. Default true. */
  load?: boolean
}

/**
 * Grades one version of one step: its checks, then, if all hold, its load gate. What is wrong with
 * the learner's server is in the result, and so is the trouble that we expect of ourselves (verdict
 * `error`); only what nobody expected is thrown.
 */
export async function gradeStep(options: GradeOptions): Promise<Result> {
  const { step, target, seed, progress = () => {} } = options
  const startedAt = new Date()
  const start = performance.now()
  const base = (): Omit<Result, 'verdict' | 'reason'> => ({
    schema: 'workshop-result/1',
    step: { id: step.id, title: step.title, file: fileOf(step, target) },
    target,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    seed,
    machine: machine(),
    checks: [],
    notes: [],
  })
  const grade = openGrade()
  try {
    const notes = target === 'mine' ? typeErrors(step) : Promise.resolve([])
    const plan = planOf(options, grade.folder)
    progress('starting your server')
    const server = await startServer(plan)
    progress('checking what it does')
    const file = step.files.checks
    const checks = await runChecks(file, { plan, port: server.port, seed }, (done) =>
      progress(`checking what it does: ${done} answers so far`),
    )
    const trouble = server.trouble()
    await server.stop()
    const found = {
      ...base(),
      checks: inFileOrder(checks),
      notes: [...unofficial(step), ...(await notes)],
    }
    if (trouble)
      return { ...found, verdict: 'fail', reason: trouble.message, problem: problemOf(trouble) }

    const failed = checks.filter(({ passed }) => !passed).length
    if (failed > 0) {
      const gate = { title: step.gate.title, verdict: 'not run' as const, observations: [] }
      return {
        ...found,
        gate,
        verdict: 'fail',
        reason: `${failed} of ${checks.length} checks failed`,
      }
    }
    if (options.load === false)
      return { ...found, verdict: 'pass', reason: 'all checks hold; no load was put on' }

    const gate = await runGate(step.gate, plan, seed, progress)
    const verdict = gate.verdict
    const reasons = {
      pass: 'all checks hold, and so does the load gate',
      fail: 'all checks hold, but not under load',
      inconclusive: `the machine was too busy to say: ${gate.inconclusive}`,
    }
    const durationMs = Math.round(performance.now() - start)
    return { ...found, durationMs, gate, verdict, reason: reasons[verdict] }
  } catch (error) {
    if (error instanceof WorkshopError) {
      const verdict = error.whose === 'learner' ? 'fail' : 'error'
      return { ...base(), verdict, reason: error.message, problem: problemOf(error) }
    }
    throw error
  } finally {
    await grade.close()
  }
}

function planOf({ steps, step, target }: GradeOptions, folder: string): ServerPlan {
  const variant = variantOf(step, target)
  const file = join(step.root, fileOf(step, target))
  if (!existsSync(file)) {
    throw new WorkshopError('E_FILE_MISSING', { file: fileOf(step, target), step: step.id })
  }
  return {
    root: step.root,
    folder,
    conditions: conditionsOf(steps, step, target),
    replace: variant && { specifier: variant.specifier, file: join(step.root, variant.file) },
    settings: step.settings,
    step: step.id,
  }
}

/** Path, from the root, of the version that is graded. */
function fileOf(step: LoadedStep, target: Target): string {
  if (target === 'starter') return step.files.naive
  if (target === 'solution') return step.files.reference
  if (target === 'mine') return step.shipsFinished ? step.files.naive : step.files.work
  return `solutions/${step.folder}/${target}.ts`
}

/** Checks end in any order; a report lists them as the file does. */
const inFileOrder = (checks: CheckResult[]): CheckResult[] =>
  checks.toSorted((a, b) => a.position - b.position)

const problemOf = (error: WorkshopError): NonNullable<Result['problem']> => ({
  code: error.code,
  message: error.message,
  cause: error.likelyCause,
  next: error.next,
  details: error.details,
})
