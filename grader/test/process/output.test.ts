import { PassThrough } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Output } from '../../process/output.ts'

/** An output that was given these pieces. */
async function outputOf(pieces: (string | Buffer)[], limitBytes?: number) {
  const output = new Output(limitBytes)
  let floods = 0
  output.onFlood = () => floods++
  const stream = new PassThrough()
  output.drain(stream)
  for (const piece of pieces) {
    stream.write(piece)
    await nextTurn()
  }
  return { output, floods: () => floods }
}

describe('Output', () => {
  test('when there is little, then all of it is kept', async () => {
    const { output } = await outputOf(['one\n', 'two\nthree\n', '\n'])
    expect(output.text).toBe('one\ntwo\nthree\n\n')
    expect(output.lastLines(2)).toEqual(['two', 'three'])
    expect(output.flooded).toBe(false)
  })

  test('when there is much, then its beginning and its end are kept', async () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `line ${i} ${'.'.repeat(80)}\n`)
    const { output } = await outputOf(lines)
    expect(output.text.length).toBeLessThan(100_000)
    expect(output.text.startsWith('line 0 ')).toBe(true)
    expect(output.lastLines(1)[0]).toMatch(/^line 4999 /)
    expect(output.flooded).toBe(false)
  })

  test('when there is more than allowed, then it is told once', async () => {
    const { output, floods } = await outputOf(['x'.repeat(60), 'x'.repeat(60), 'x'], 100)
    expect(output.flooded).toBe(true)
    expect(floods()).toBe(1)
  })

  test('when exactly as much comes as is allowed, then it is no flood', async () => {
    const { output } = await outputOf(['x'.repeat(100)], 100)
    expect(output.flooded).toBe(false)
  })

  test('when a letter is cut in two, then it is put together, and bytes are counted', async () => {
    const bytes = Buffer.from('ü'.repeat(10))
    const { output } = await outputOf([bytes.subarray(0, 9), bytes.subarray(9)], 19)
    expect(output.text).toBe('ü'.repeat(10))
    expect(output.flooded).toBe(true)
  })
})
