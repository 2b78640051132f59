import { describe, expect, test } from 'vitest'
import { CheckFailure, verify } from '../../behaviour/evidence.ts'
import { shorten } from '../../behaviour/shorten.ts'
import { random } from '../../random.ts'

describe('random', () => {
  const draw = (seed: string) => {
    const { next, integer, word } = random(seed)
    return [next(), integer(1, 1_000_000), word(12)]
  }

  test('when the seed is the same, then the data are the same, on every machine', () => {
    expect(draw('7 a')).toEqual(draw('7 a'))
    expect(draw('7 a')).not.toEqual(draw('7 b'))
    expect(random('7 a').word(8)).toMatch(/^[a-z]{8}$/)
  })

  test('when many are drawn, then both ends are reached and all are about as frequent', () => {
    const { integer } = random('dice')
    const counts = new Map<number, number>()
    for (let i = 0; i < 6000; i++) {
      const eyes = integer(1, 6)
      counts.set(eyes, (counts.get(eyes) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual([1, 2, 3, 4, 5, 6])
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
  })

  test('when the next number is drawn, then it is from 0 to below 1', () => {
    const { next } = random('numbers')
    const numbers = Array.from({ length: 10_000 }, next)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    expect(new Set(numbers).size).toBeGreaterThan(9990)
  })
})

describe('shorten', () => {
  test('when a text is short enough, then it stays as it is', () => {
    expect(shorten('x'.repeat(60), 60)).toBe('x'.repeat(60))
  })

  test('when a text is long, then its beginning and end stay, and no more than asked', () => {
    const text = `begin ${'x'.repeat(100_000)} end`
    const short = shorten(text, 60)
    expect(short.length).toBeLessThanOrEqual(60)
    expect(short).toMatch(/^begin x+ …\(\d+ more\)… x+ end$/)
    const left = short.replace(/ …\(\d+ more\)… /, '').length
    expect(Number(/(\d+) more/.exec(short)?.[1])).toBe(text.length - left)
  })
})

describe('verify', () => {
  const evidence = { sent: 'GET /', expected: '200', received: '500' }

  test('when the condition holds, then nothing happens', () => {
    expect(() => verify(true, evidence)).not.toThrow()
  })

  test('when it does not hold, then the failure carries its evidence, shortened', () => {
    const long = { ...evidence, sent: 'x'.repeat(5000), command: 'c'.repeat(401) }
    const failure = new CheckFailure(long)
    expect(failure.message).toBe('expected 200; received 500')
    expect(failure.evidence.sent.length).toBeLessThanOrEqual(300)
    expect(failure.evidence).not.toHaveProperty('command')
    expect(() => verify(false, long)).toThrow(CheckFailure)
  })
})
