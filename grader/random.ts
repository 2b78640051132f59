import { createHash } from 'node:crypto'

export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number
  /** A whole number from `least` to `most`, both included. */
  integer(least: number, most: number): number
  /** A word of `length` letters. */
  word(length: number): string
}

/**
 * Random numbers that a seed repeats: mulberry32, a 32-bit generator by Tommy Ettinger (2017, public
 * domain), seeded with a hash of the text. Good enough for test data, not for secrets.
 */
export function random(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE()
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    integer,
    word: (length) =>
      Array.from({ length }, () => String.fromCharCode(97 + integer(0, 25))).join(''),
  }
}
