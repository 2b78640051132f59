import type { SpeedGate } from '../catalogue/define-load-gate.ts'
import type { LoadedStep } from '../catalogue/load-steps.ts'
import type { Target } from '../catalogue/target.ts'
import { type Condition, startHogs } from '../load/hogs.ts'
import { speedVerdict } from '../load/speed-verdict.ts'
import { openGrade } from '../process/open-grade.ts'
import { type RunningServer, type ServerPlan, startServer } from '../process/start-server.ts'
import { planOf } from './plan.ts'

/** One verdict that the grader gave on a version whose verdict is known. */
export interface MeasuredVerdict {
  step: string
  gate: string
  condition: Condition
  /** `solution` must pass, anything else must fail. */
  target: Target
  verdict: 'pass' | 'fail' | 'inconclusive'
  /** Median ratio of speeds, graded to reference. */
  ratio: number
  pairs: number
  seconds: number
  /** Why it was inconclusive, or what else was not as expected. */
  remark: string
}

/** Lets a speed gate judge one version once, under foreign load of our own making. */
export async function measureVerdict(
  steps: LoadedStep[],
  step: LoadedStep,
  gate: SpeedGate,
  target: Target,
  condition: Condition,
): Promise<MeasuredVerdict> {
  const grade = openGrade()
  const stopHogs = startHogs(condition)
  const servers: RunningServer[] = []
  const start = async (plan: ServerPlan) => {
    const settings = { ...plan.settings, ...gate.settings }
    const server = await startServer({ ...plan, settings })
    servers.push(server)
    return server
  }
  const stop = () => Promise.all(servers.map((server) => server.stop()))
  try {
    const contestants = {
      graded: () => start(planOf(steps, step, target, grade.folder)),
      reference: () => start(planOf(steps, step, 'solution', grade.folder)),
    }
    const outcome = await speedVerdict(gate, contestants, stop, () => {})
    const passed = outcome.observations.every((one) => one.passed)
    return {
      step: step.id,
      gate: gate.id,
      condition,
      target,
      verdict: outcome.inconclusive ? 'inconclusive' : passed ? 'pass' : 'fail',
      ratio: outcome.vote.median,
      pairs: outcome.vote.ratios.length,
      seconds: outcome.durationMs / 1000,
      remark:
        outcome.inconclusive ??
        outcome.observations.find(({ id }) => id === 'failed-requests')?.spread ??
        '',
    }
  } finally {
    await stop()
    await stopHogs()
    await grade.close()
  }
}
