import { describe, expect, test } from 'vitest'
import { leadVote } from '../../load/lead-vote.ts'
import { quantile } from '../../load/quantile.ts'
import { random } from '../../random.ts'

/** Measures these ratios, one after the other, and notes who went first. */
function pairs(ratios: number[]) {
  const firsts: boolean[] = []
  const pair = async (firstFirst: boolean) => {
    firsts.push(firstFirst)
    return ratios[firsts.length - 1] ?? Number.NaN
  }
  return { firsts, pair }
}

describe('leadVote', () => {
  test('when all pairs are above, then the lead decides after five', async () => {
    const { pair, firsts } = pairs([2, 3, 4, 5, 6, 7])
    const vote = await leadVote(pair, { threshold: 1.5 })
    expect(vote).toEqual({
      above: true,
      votes: { above: 5, below: 0 },
      ratios: [2, 3, 4, 5, 6],
      voidPairs: 0,
      median: 4,
      spread: 'middle half 3.00 to 5.00, 5 pairs',
    })
    expect(firsts).toEqual([true, false, true, false, true])
  })

  test('when most are below, then one that strays only delays the decision', async () => {
    const { pair } = pairs([1, 9, 1, 1, 1, 1, 1, 1])
    const vote = await leadVote(pair, { threshold: 1.5 })
    expect(vote.above).toBe(false)
    expect(vote.ratios).toHaveLength(7)
  })

  test('when the pairs contradict each other, then it gives up undecided', async () => {
    const { pair } = pairs(Array.from({ length: 30 }, (_, i) => (i % 2 ? 1 : 2)))
    const vote = await leadVote(pair, { threshold: 1.5 })
    expect(vote.above).toBeUndefined()
    expect(vote.ratios).toHaveLength(16)
  })

  test('when a bound and a lead are given, then they are kept', async () => {
    const { pair } = pairs([2, 1, 2, 1])
    const vote = await leadVote(pair, { threshold: 1.5, lead: 2, mostPairs: 3 })
    expect(vote.above).toBeUndefined()
    expect(vote.ratios).toEqual([2, 1, 2])
  })

  test('when pairs say nothing, then they do not vote, and after too many it gives up', async () => {
    let count = 0
    const sometimes = async () => (++count % 2 ? undefined : 2)
    expect(await leadVote(sometimes, { threshold: 1.5 })).toMatchObject({
      above: undefined,
      voidPairs: 5,
      votes: { above: 4, below: 0 },
    })
    const never = await leadVote(async () => undefined, { threshold: 1.5, mostVoidPairs: 2 })
    expect(never).toMatchObject({ above: undefined, voidPairs: 3, ratios: [] })
  })

  test('when some pairs have not decided, then it restarts once and keeps the lead', async () => {
    const { pair } = pairs([2, 1, 2, 1, 2, 2, 2, 2, 2, 2])
    const restarts: number[] = []
    let measured = 0
    const counted = async (first: boolean) => {
      measured++
      return pair(first)
    }
    const restart = { afterPairs: 4, run: async () => void restarts.push(measured) }
    const vote = await leadVote(counted, { threshold: 1.5, restart })
    expect(restarts).toEqual([4])
    expect(vote).toMatchObject({ above: true, votes: { above: 7, below: 2 } })
  })

  test('when one vote in five is wrong, then it decides wrongly less than once in 200', async () => {
    const { next } = random('votes')
    const rounds = 4000
    let wrong = 0
    for (let round = 0; round < rounds; round++) {
      const { above } = await leadVote(async () => (next() < 0.2 ? 1 : 2), { threshold: 1.5 })
      if (above === false) wrong++
    }
    expect(wrong / rounds).toBeLessThan(1 / 200) // Wald: (0.2 / 0.8) ^ 5 = 1 in 1024
  })
})

describe('quantile', () => {
  test('when numbers are in any order, then it takes the nearest rank', () => {
    const numbers = [5, 1, 4, 2, 3, 100, 10]
    expect(quantile(numbers, 0)).toBe(1)
    expect(quantile(numbers, 0.5)).toBe(4)
    expect(quantile(numbers, 1)).toBe(100)
    expect(numbers).toEqual([5, 1, 4, 2, 3, 100, 10])
  })

  test('when there are none, then it is NaN', () => {
    expect(quantile([], 0.5)).toBeNaN()
  })
})
