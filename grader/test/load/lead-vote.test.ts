import { describe, expect, test } from 'vitest'
import { random } from '../../behaviour/random.ts'
import { leadVote } from '../../load/lead-vote.ts'
import { quantile } from '../../load/quantile.ts'

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
      ratios: [2, 3, 4, 5, 6],
      median: 4,
      spread: '2.00 to 6.00 in 5 pairs',
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
