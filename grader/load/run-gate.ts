import { random } from '../behaviour/random.ts'
import { WorkshopError } from '../errors.ts'
import { type RunningServer, type ServerPlan, startServer } from '../process/start-server.ts'
import { type GateOutcome, holds, type LoadGate, type Observation } from './define-load-gate.ts'

export interface GateResult extends Omit<GateOutcome, 'observations'> {
  title: string
  verdict: 'pass' | 'fail' | 'inconclusive'
  observations: (Observation & { passed: boolean })[]
}

/**
 * Runs a step's load gate against a fresh server of the same plan and judges its figures.
 * @throws WorkshopError E_SERVER_CRASHED, E_SERVER_FLOOD when the server did not survive it.
 */
export async function runGate(
  gate: LoadGate,
  plan: ServerPlan,
  seed: number,
  progress: (text: string) => void,
): Promise<GateResult> {
  const servers: RunningServer[] = []
  progress(gate.title)
  try {
    const outcome = await gate.run({
      async startServer(settings) {
        const server = await startServer({ ...plan, settings: { ...plan.settings, ...settings } })
        servers.push(server)
        return server
      },
      progress,
      random: random(`${seed} load`),
    })
    for (const server of servers) {
      const trouble = server.trouble()
      if (trouble) throw trouble
    }
    if (outcome.observations.length === 0) {
      throw new WorkshopError('E_NOTHING_RAN', { problem: 'the load gate measured nothing' })
    }
    const noNumber = outcome.observations.find(({ measured }) => !Number.isFinite(measured))
    if (noNumber) {
      const problem = `the load gate measured ${noNumber.measured} for "${noNumber.name}"`
      throw new WorkshopError('E_NOTHING_RAN', { problem })
    }
    const observations = outcome.observations.map((one) => ({ ...one, passed: holds(one) }))
    const failed = observations.some(({ passed }) => !passed)
    const verdict = outcome.inconclusive ? 'inconclusive' : failed ? 'fail' : 'pass'
    return { title: gate.title, ...outcome, observations, verdict }
  } catch (error) {
    // A probe or a client that failed because the server died: say the latter.
    throw servers.map((server) => server.trouble()).find(Boolean) ?? error
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
}
