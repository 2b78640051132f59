import { sendRequest } from '../behaviour/request.ts'
import { type CheckResult, prepareChecks } from '../behaviour/run-checks.ts'
import type { LoadGate } from '../catalogue/define-load-gate.ts'
import type { LoadedStep } from '../catalogue/load-steps.ts'
import { unofficial } from '../catalogue/release.ts'
import type { Target } from '../catalogue/target.ts'
import { WorkshopError } from '../errors.ts'
import { runGate } from '../load/run-gate.ts'
import { openGrade } from '../process/open-grade.ts'
import { type RunningServer, startServer } from '../process/start-server.ts'
import { keepFolder } from '../report/history.ts'
import { machine } from '../report/machine.ts'
import type { Result } from '../report/result.ts'
import { fileOf, planOf } from './plan.ts'
import { typeErrors } from './type-errors.ts'

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
    gates: [],
    notes: [],
    printed: [],
  })
  let found = base()
  const grade = openGrade()
  try {
    const notes = target === 'mine' ? typeErrors(step, grade.folder) : Promise.resolve([])
    const plan = planOf(options.steps, step, target, grade.folder)
    progress('starting your server')
    const [started, ready] = await Promise.allSettled([
      startServer(plan),
      prepareChecks(step.files.checks, plan),
    ])
    if (ready.status === 'rejected') throw ready.reason
    if (started.status === 'rejected') {
      await ready.value.close()
      throw started.reason
    }
    progress('checking what it does')
    const server = started.value
    const checks = await ready.value.run({ plan, port: server.port, seed }, (done) =>
      progress(`checking what it does: ${done} answers so far`),
    )
    const failures = checks.filter(({ passed }) => !passed).length
    const trouble = server.trouble() ?? (failures > 0 ? await stuck(server) : undefined)
    await server.stop()
    found = {
      ...base(),
      checks: inFileOrder(checks),
      notes: [...unofficial(step), ...(await notes)],
      printed: failures > 0 ? printedBy(server) : [],
    }
    if (trouble)
      return { ...found, verdict: 'fail', reason: trouble.message, problem: problemOf(trouble) }

    const notRun = (gates: LoadGate[]) =>
      gates.map(({ kind, title }) => ({
        kind,
        title,
        verdict: 'not run' as const,
        observations: [],
      }))
    if (failures > 0) {
      const reason = `${failures} of ${checks.length} checks failed`
      return { ...found, gates: notRun(step.gates), verdict: 'fail', reason }
    }
    if (options.load === false) {
      return { ...found, verdict: 'pass', reason: 'all checks hold; no load was put on' }
    }

    const gates: Result['gates'] = []
    for (const [i, gate] of step.gates.entries()) {
      const plans = {
        graded: plan,
        reference: planOf(options.steps, step, 'solution', grade.folder),
        seed,
        profileFolder: keepFolder(step.root, 'profiles'),
      }
      const result = await runGate(gate, plans, progress)
      gates.push(result)
      if (result.verdict === 'fail') {
        gates.push(...notRun(step.gates.slice(i + 1)))
        break
      }
    }
    const durationMs = Math.round(performance.now() - start)
    return { ...found, durationMs, gates, ...verdictOf(gates) }
  } catch (error) {
    if (error instanceof WorkshopError) {
      const verdict = error.whose === 'learner' ? 'fail' : 'error'
      const durationMs = Math.round(performance.now() - start)
      return { ...found, durationMs, verdict, reason: error.message, problem: problemOf(error) }
    }
    throw error
  } finally {
    await grade.close()
  }
}

/** A server that runs and does not answer the simplest request, with nobody else asking. */
async function stuck(server: RunningServer): Promise<WorkshopError | undefined> {
  const { received, answer } = await sendRequest(server.port, 'GET /ping', { timeoutMs: 2000 })
  if (answer || !received.startsWith('no answer within')) return undefined
  return new WorkshopError('E_SERVER_STUCK', { seconds: 2 }, server.output.lastLines(5))
}

/** What the learner's code printed, its last lines: often the reason of a failed check. */
const printedBy = ({ output }: RunningServer): string[] =>
  output.lastLines(12).filter((line) => line && !line.startsWith('listening on '))

function verdictOf(gates: Result['gates']): Pick<Result, 'verdict' | 'reason'> {
  if (gates.some(({ verdict }) => verdict === 'fail')) {
    return { verdict: 'fail', reason: 'all checks hold, but not under load' }
  }
  const undecided = gates.find(({ verdict }) => verdict === 'inconclusive')
  if (undecided) {
    return {
      verdict: 'inconclusive',
      reason: `the machine was too busy to say: ${undecided.inconclusive}`,
    }
  }
  return { verdict: 'pass', reason: 'all checks hold, under load too' }
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
