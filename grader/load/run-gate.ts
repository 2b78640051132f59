import {
  type GateOutcome,
  holds,
  type LoadGate,
  type Observation,
  type ShapeGate,
  type SpeedGate,
} from '../catalogue/define-load-gate.ts'
import { WorkshopError } from '../errors.ts'
import { type RunningServer, type ServerPlan, startServer } from '../process/start-server.ts'
import { random } from '../random.ts'
import { type Cause, findCause } from './find-cause.ts'
import { speedVerdict } from './speed-verdict.ts'

export interface GateResult extends Omit<GateOutcome, 'observations'> {
  kind: LoadGate['kind']
  title: string
  verdict: 'pass' | 'fail' | 'inconclusive'
  observations: (Observation & { passed: boolean })[]
  /** Of a speed gate that failed: where the time went. */
  cause?: Cause | undefined
}

export interface GatePlans {
  /** The graded server. */
  graded: ServerPlan
  /** The same with the reference in place of the graded layer. */
  reference: ServerPlan
  seed: number
  /** Folder for a profile, when one is taken. */
  profileFolder: string
}

/**
 * Runs one load gate against fresh servers and judges its figures.
 * @throws WorkshopError E_SERVER_CRASHED, E_SERVER_FLOOD when the server did not survive it.
 */
export async function runGate(
  gate: LoadGate,
  plans: GatePlans,
  progress: (text: string) => void,
): Promise<GateResult> {
  const servers: RunningServer[] = []
  const start = async (plan: ServerPlan, settings: ServerPlan['settings'] = {}) => {
    const server = await startServer({ ...plan, settings: { ...plan.settings, ...settings } })
    servers.push(server)
    return server
  }
  progress(gate.title)
  try {
    const result = judge(gate, await outcomeOf(gate))
    for (const server of servers) {
      const trouble = server.trouble()
      if (trouble) throw trouble
    }
    // Where the answers were wrong there is nothing to explain about time.
    const slow = result.observations.some(({ id, passed }) => !passed && id === speedId(gate))
    if (gate.kind !== 'speed' || !slow) return result
    progress('looking for the cause')
    return { ...result, cause: await findCause(gate, plans.graded, plans.profileFolder) }
  } catch (error) {
    // A probe or a client that failed because the server died: say the latter.
    throw servers.map((server) => server.trouble()).find(Boolean) ?? error
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }

  function outcomeOf(one: LoadGate): Promise<GateOutcome> {
    return one.kind === 'speed' ? speed(one) : shape(one)
  }
  function shape(one: ShapeGate): Promise<GateOutcome> {
    return one.run({
      startServer: (settings) => start(plans.graded, settings),
      progress,
      random: random(`${plans.seed} load`),
    })
  }
  function speed(one: SpeedGate): Promise<GateOutcome> {
    const contestants = {
      graded: () => start(plans.graded, one.settings),
      reference: () => start(plans.reference, one.settings),
    }
    const stop = () => Promise.all(servers.map((server) => server.stop()))
    return speedVerdict(one, contestants, stop, progress)
  }
}

const speedId = (gate: LoadGate): string | undefined =>
  gate.kind === 'speed' ? gate.id : undefined

function judge(gate: LoadGate, outcome: GateOutcome): GateResult {
  if (outcome.observations.length === 0 && !outcome.inconclusive) {
    throw new WorkshopError('E_NOTHING_RAN', { problem: 'the load gate measured nothing' })
  }
  const noNumber = outcome.observations.find(({ measured }) => !Number.isFinite(measured))
  if (noNumber && !outcome.inconclusive) {
    const problem = `the load gate measured ${noNumber.measured} for "${noNumber.name}"`
    throw new WorkshopError('E_NOTHING_RAN', { problem })
  }
  const measured = outcome.observations.filter((one) => Number.isFinite(one.measured))
  const observations = measured.map((one) => ({
    ...one,
    passed: one.passed ?? holds(one),
  }))
  const failed = observations.some(({ passed }) => !passed)
  const verdict = outcome.inconclusive ? 'inconclusive' : failed ? 'fail' : 'pass'
  const { table, inconclusive } = outcome
  return { kind: gate.kind, title: gate.title, observations, table, inconclusive, verdict }
}
