import type { Random } from '../behaviour/random.ts'
import type { RunningServer } from '../process/start-server.ts'

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
}

export interface GateOutcome {
  observations: Observation[]
  /** Numbers to look at, not to pass or fail by. */
  table?: { columns: string[]; rows: string[][] } | undefined
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

export interface LoadGate {
  /** What is put under load, in a few words. */
  title: string
  /** Runs the load. Servers that it started are ended for it. */
  run(context: GateContext): Promise<GateOutcome>
}

/** Types a load gate; returns it as it is. */
export const defineLoadGate = (gate: LoadGate): LoadGate => gate

export const holds = ({ measured, needed }: Observation): boolean =>
  'atLeast' in needed ? measured >= needed.atLeast : measured <= needed.atMost
