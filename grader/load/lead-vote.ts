import { quantile } from './quantile.ts'

export interface Vote {
  /** Whether the ratio is above the threshold; undefined when the pairs could not decide. */
  above: boolean | undefined
  /** Pairs above and below the threshold. */
  votes: { above: number; below: number }
  /** The ratio of each pair that counts, in their order. */
  ratios: number[]
  /** Pairs that said nothing: the load generator was the bottleneck. */
  voidPairs: number
  median: number
  /** Median, quartiles and number of pairs, in words. */
  spread: string
}

export interface VoteOptions {
  /** The ratio that decides a vote. */
  threshold: number
  /** Votes by which one side has to lead. Default 5. */
  lead?: number
  /** Default 16. */
  mostPairs?: number
  /** Void pairs after which the vote is given up. Default 4. */
  mostVoidPairs?: number
  /** Called once when this many pairs have not decided; the lead is kept. */
  restart?: { afterPairs: number; run(): Promise<void> }
}

/**
 * Compares two things on a noisy machine: each pair of short rounds casts one vote, above or below
 * the threshold, and a lead of `lead` votes decides. This is Wald's sequential test on votes: with a
 * share q of wrong votes it errs with (q / (1 - q)) ^ lead; q was measured at 8 to 21 %.
 * @param pair measures one pair and returns its ratio, or undefined when it says nothing. It is told
 *   which of the two goes first: AB BA AB …, because the second place costs 2 to 5 %.
 */
export async function leadVote(
  pair: (firstFirst: boolean) => Promise<number | undefined>,
  { threshold, lead = 5, mostPairs = 16, mostVoidPairs = 4, restart }: VoteOptions,
): Promise<Vote> {
  const ratios: number[] = []
  const votes = { above: 0, below: 0 }
  let voidPairs = 0
  const decided = () => Math.abs(votes.above - votes.below) >= lead
  while (!decided() && ratios.length < mostPairs && voidPairs <= mostVoidPairs) {
    const ratio = await pair((ratios.length + voidPairs) % 2 === 0)
    if (ratio === undefined) {
      voidPairs++
      continue
    }
    ratios.push(ratio)
    if (ratio > threshold) votes.above++
    else votes.below++
    if (ratios.length === restart?.afterPairs && !decided()) await restart.run()
  }
  return {
    above: decided() ? votes.above > votes.below : undefined,
    votes,
    ratios,
    voidPairs,
    median: quantile(ratios, 0.5),
    spread: spreadOf(ratios),
  }
}

/** `middle half 0.91 to 0.97, 5 pairs` */
function spreadOf(ratios: number[]): string {
  const [low, high] = [quantile(ratios, 0.25), quantile(ratios, 0.75)]
  return `middle half ${low.toFixed(2)} to ${high.toFixed(2)}, ${ratios.length} pairs`
}
