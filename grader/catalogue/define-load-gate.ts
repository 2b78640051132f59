import type { RunningServer } from '../process/start-server.ts'
import type { Random } from '../random.ts'
import type { LoadOptions, LoadReport } from './load-shape.ts'

/** One figure that a gate looks at, and what it has to be. */
export interface Observation {
  /** Short name, by which wrong variants say what must catch them. */
  id: string
  /** What was measured, as the report shows it. */
  name: string
  measured: number
  /** `requests`, `MB`, `×`; shown behind the number. */
  unit: string
  /** The threshold: a count or a ratio, never a speed. */
  needed: { atLeast: number } | { atMost: number }
  /** Why this number, and what it means when it is missed. */
  why: string
  /** Spread of the measurement in words, where it has one. */
  spread?: string
  /** Set where votes have decided; otherwise `measured` is compared with `needed`. */
  passed?: boolean
}

export interface Table {
  columns: string[]
  rows: string[][]
}

export interface GateOutcome {
  observations: Observation[]
  /** Numbers to look at, not to pass or fail by. */
  table?: Table | undefined
  /** Why the machine was too noisy to say; the verdict is then inconclusive. */
  inconclusive?: string | undefined
}

export interface GateContext {
  /** Starts another server like the graded one, with other settings if need be. */
  startServer(settings?: Record<string, string | number>): Promise<RunningServer>
  /** Says what is being measured, for the line that a waiting reader sees. */
  progress(text: string): void
  random: Random
}

/** Decided by exact counts under load: requests served, bytes taken, sockets left. */
export interface ShapeGate {
  kind: 'shape'
  /** What is put under load, in a few words. */
  title: string
  /** Runs the load. Servers that it started are ended for it. */
  run(context: GateContext): Promise<GateOutcome>
}

/**
 * Decided by comparison with the reference in the same minutes on the same machine, in alternating
 * short rounds. A round with a failed request or a wrong body gets no speed verdict.
 */
export interface SpeedGate {
  kind: 'speed'
  id: string
  title: string
  /** Settings of both servers, beside the step's. */
  settings?: Record<string, string | number>
  /** Load of a round, by autocannon. */
  load: LoadOptions
  /** A round of another kind of load. Default: `load`, by autocannon. */
  round?(server: RunningServer, load: LoadOptions): Promise<LoadReport>
  /**
   * How fast the graded server has to be, as a share of the reference: the geometric mean of the
   * slow version's share and 1, measured by `npm run calibrate`, which wants 15 % to both sides.
   */
  threshold: number
  /**
   * What is compared: CPU per request, median latency. Default both. A server that waits for others
   * uses no CPU meanwhile, so such a gate looks at the latency alone.
   */
  basis?: ('cpu' | 'p50')[]
  /** The version that this gate must refuse, for calibration. Default `starter`. */
  slow?: 'starter' | `wrong/${string}`
  /** What it means to be slower. */
  why: string
}

export type LoadGate = ShapeGate | SpeedGate

/** Types a load gate; returns it as it is. */
export const defineLoadGate = <Gate extends LoadGate>(gate: Gate): Gate => gate

export const holds = ({ measured, needed }: Observation): boolean =>
  'atLeast' in needed ? measured >= needed.atLeast : measured <= needed.atMost
