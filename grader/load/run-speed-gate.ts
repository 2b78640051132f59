import type { GateOutcome, SpeedGate } from '../catalogue/define-load-gate.ts'
import type { RunningServer } from '../process/start-server.ts'
import { watchForeignLoad } from './foreign-load.ts'
import { cpuMicros } from './generator-cpu.ts'
import { leadVote, type Vote } from './lead-vote.ts'
import { ownShare } from './own-share.ts'
import { quantile } from './quantile.ts'
import { type SpeedRound, speedRound } from './speed-round.ts'

/** The two servers of a comparison; each call starts a new one, and whoever gave them ends them. */
export interface Contestants {
  graded(): Promise<RunningServer>
  reference(): Promise<RunningServer>
}

export interface SpeedOutcome extends GateOutcome {
  vote: Vote
  /** From the first start to the decision. */
  durationMs: number
}

/**
 * Compares the graded server with the reference: both run all the time, in alternating rounds of
 * 0.3 s, one vote a pair, until one side leads by five. Undecided after eight pairs, both are
 * started anew (a pinned foreign load was seen to hold one of them down for 40 s); after sixteen the
 * verdict is inconclusive.
 */
export async function runSpeedGate(
  gate: SpeedGate,
  contestants: Contestants,
  progress: (text: string) => void,
): Promise<SpeedOutcome> {
  const start = performance.now()
  const own = ownShare()
  const foreign = watchForeignLoad()
  const generatorBefore = cpuMicros()
  const rounds: { graded: SpeedRound[]; reference: SpeedRound[] } = { graded: [], reference: [] }
  let graded: RunningServer
  let reference: RunningServer

  const begin = async () => {
    ;[graded, reference] = await Promise.all([contestants.graded(), contestants.reference()])
    own.add(graded.pid, reference.pid)
    // A young server compiles: over the first seconds a request costs up to twice as much. Warmed
    // alike, both are in the same place of that curve.
    for (const server of [reference, graded, graded, reference]) {
      await speedRound(gate, server, 400)
    }
  }
  const restart = async () => {
    own.settle()
    await Promise.all([graded.stop(), reference.stop()])
    await begin()
  }
  const pair = async (referenceFirst: boolean) => {
    progress(`${gate.title}: pair ${rounds.graded.length + 1}`)
    const first = await speedRound(gate, referenceFirst ? reference : graded)
    const second = await speedRound(gate, referenceFirst ? graded : reference)
    const [ours, theirs] = referenceFirst ? [second, first] : [first, second]
    rounds.graded.push(ours)
    rounds.reference.push(theirs)
    if (isBroken(ours) || isBroken(theirs)) throw new BrokenRound()
    return generatorWasTheLimit(ours) || generatorWasTheLimit(theirs)
      ? undefined
      : speedShare(gate, ours, theirs)
  }

  await begin()
  let vote: Vote | undefined
  try {
    vote = await leadVote(pair, {
      threshold: gate.threshold,
      restart: { afterPairs: 8, run: restart },
    })
  } catch (error) {
    if (!(error instanceof BrokenRound)) throw error
  }
  const { cores, busiest } = foreign(own.micros() + cpuMicros() - generatorBefore, own.pids())
  const others = `other programs used ${cores.toFixed(1)} cores${busiest ? ` (${busiest})` : ''}`
  const outcome = { table: speedTable(rounds), durationMs: performance.now() - start }
  if (!vote) return { ...outcome, vote: noVote, ...brokenOutcome(gate, rounds) }
  return {
    ...outcome,
    vote,
    inconclusive: vote.above === undefined ? whyUndecided(vote, others) : undefined,
    observations: [
      {
        id: gate.id,
        name: gate.title,
        measured: vote.median,
        unit: '× as fast as the reference',
        needed: { atLeast: gate.threshold },
        passed: vote.above === true,
        why: gate.why,
        spread: `${vote.votes.above}:${vote.votes.below} votes, ${vote.spread}`,
      },
    ],
  }
}

class BrokenRound extends Error {}

const noVote: Vote = {
  above: undefined,
  votes: { above: 0, below: 0 },
  ratios: [],
  voidPairs: 0,
  median: Number.NaN,
  spread: '',
}

const isBroken = ({ good, bad, errors }: SpeedRound): boolean => bad + errors > 0 || good === 0

/** The generator has one thread. When it is full and the server is not, the round measured the former. */
const generatorWasTheLimit = ({ generatorCores, serverCores }: SpeedRound): boolean =>
  generatorCores >= 0.9 && serverCores < 0.9

/** How fast the graded server is, as a share of the reference: geometric mean over the basis. */
function speedShare(gate: SpeedGate, graded: SpeedRound, reference: SpeedRound): number {
  const shares = {
    cpu: reference.cpuMicrosPerRequest / graded.cpuMicrosPerRequest,
    p50: reference.p50Ms / graded.p50Ms,
  }
  const logs = (gate.basis ?? ['cpu', 'p50']).map((basis) => Math.log(shares[basis]))
  return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length)
}

function whyUndecided({ votes, voidPairs, ratios }: Vote, others: string): string {
  if (voidPairs > 4) {
    return `the load generator had no CPU left in ${voidPairs} pairs of rounds; ${others}`
  }
  return `${votes.above}:${votes.below} votes after ${ratios.length} pairs; ${others}`
}

/** A server that answers wrongly gets no verdict on its speed. */
function brokenOutcome(
  gate: SpeedGate,
  rounds: { graded: SpeedRound[]; reference: SpeedRound[] },
): GateOutcome {
  const failed = (side: SpeedRound[]) =>
    side.reduce((sum, { bad, errors }) => sum + bad + errors, 0)
  const good = rounds.graded.reduce((sum, round) => sum + round.good, 0)
  const ours = failed(rounds.graded)
  if (ours === 0 && good > 0) {
    return {
      observations: [],
      inconclusive: `the reference itself failed ${failed(rounds.reference)} requests`,
    }
  }
  return {
    observations: [
      {
        id: 'failed-requests',
        name: 'requests that failed or had the wrong body under load',
        measured: ours,
        unit: 'requests',
        needed: { atMost: 0 },
        passed: false,
        why: `a figure about wrong answers is worth nothing, so "${gate.title}" was not judged`,
        spread: `${good} good ones`,
      },
    ],
  }
}

function speedTable({ graded, reference }: { graded: SpeedRound[]; reference: SpeedRound[] }) {
  const row = (name: string, of: (round: SpeedRound) => number, digits: number, unit: string) => [
    name,
    ...[graded, reference].map((side) =>
      `${quantile(side.map(of), 0.5).toFixed(digits)} ${unit}`.trim(),
    ),
  ]
  return {
    columns: ['medians', 'graded', 'reference'],
    rows: [
      row('server CPU per request', (round) => round.cpuMicrosPerRequest, 1, 'µs'),
      row('median latency', (round) => round.p50Ms, 2, 'ms'),
      row('requests per second', (round) => round.perSecond, 0, ''),
      row('CPU of the load generator', (round) => round.generatorCores, 2, 'cores'),
    ],
  }
}
