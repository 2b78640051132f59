import { quantile } from './quantile.ts'

export interface Vote {
  /** Whether the ratio is above the threshold; undefined when the pairs could not decide. */
  above: boolean | undefined
  /** The ratio of each pair, in their order. */
  ratios: number[]
  median: number
  /** Smallest and largest ratio, in words. */
  spread: string
}

/**
 * Compares two things on a noisy machine: each pair of short rounds casts one vote, above or below
 * the threshold, and a lead of `lead` votes decides (Wald's sequential test on votes: with a share q
 * of wrong votes it errs with (q / (1 - q)) ^ lead).
 * @param pair measures one pair and returns its ratio; told which of the two goes first.
 */
export async function leadVote(
  pair: (firstFirst: boolean) => Promise<number>,
  { threshold, lead = 5, mostPairs = 16 }: { threshold: number; lead?: number; mostPairs?: number },
): Promise<Vote> {
  const ratios: number[] = []
  let votes = 0
  while (Math.abs(votes) < lead && ratios.length < mostPairs) {
    const ratio = await pair(ratios.length % 2 === 0)
    ratios.push(ratio)
    votes += ratio > threshold ? 1 : -1
  }
  return {
    above: Math.abs(votes) < lead ? undefined : votes > 0,
    ratios,
    median: quantile(ratios, 0.5),
    spread: `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)} in ${ratios.length} pairs`,
  }
}
