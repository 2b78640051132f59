import { describe, expect, test } from 'vitest'
import { wilson } from '../../load/wilson.ts'

describe('wilson', () => {
  // Reference values: Newcombe (1998), Statistics in Medicine 17, table I, method 3.
  test.for([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const)('when %i of %i were seen, then %f to %f', ([hits, count, low, high]) => {
    const [lower, upper] = wilson(hits, count)
    expect(lower).toBeCloseTo(low, 3)
    expect(upper).toBeCloseTo(high, 3)
  })

  test('when nothing was counted, then anything is possible', () => {
    expect(wilson(0, 0)).toEqual([0, 1])
  })
})
