// What autocannon 9 rounds, bursts and miscounts, pinned: when one of these fails, a new version has
// mended it, and the adapter (load/closed-loop.ts) may do without its work-around.
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import autocannon from 'autocannon'
import { describe, expect, test } from 'vitest'
import { closedLoop } from '../../load/closed-loop.ts'
import { serving } from './serving.ts'

const ok: RequestListener = (_req, res) => void res.end('ok')
const url = (port: number) => `http://127.0.0.1:${port}/`

/** Latencies that went into its histogram; its types leave the number out. */
const samplesOf = ({ latency }: autocannon.Result): number =>
  (latency as autocannon.Histogram & { totalCount: number }).totalCount

async function timed<Result>(work: Promise<Result>): Promise<{ result: Result; ms: number }> {
  const start = performance.now()
  const result = await work
  return { result, ms: performance.now() - start }
}

describe('autocannon 9', () => {
  test('when a duration is no multiple of the sample, then it is rounded up; the adapter keeps to it', () =>
    serving(ok, async (port) => {
      const raw = await timed(autocannon({ url: url(port), connections: 1, duration: 0.5 }))
      const adapted = await timed(closedLoop(port, { connections: 1, durationMs: 500, path: '/' }))
      expect(raw.ms).toBeGreaterThan(950)
      expect(adapted.ms).toBeLessThan(850)
    }))

  test('when answers take less than a millisecond, then its median is 0; the adapter has fractions', () =>
    serving(ok, async (port) => {
      const raw = await autocannon({ url: url(port), connections: 1, duration: 1 })
      const adapted = await closedLoop(port, { connections: 1, durationMs: 500, path: '/' })
      expect(Number.isInteger(raw.latency.p50)).toBe(true)
      expect(adapted.p50Ms).toBeGreaterThan(0)
      expect(Number.isInteger(adapted.p50Ms)).toBe(false)
    }))

  test('when a rate is set, then the second begins with a burst of all of it', () =>
    serving(ok, async (port) => {
      const arrivedMs: number[] = []
      const start = performance.now()
      const instance = autocannon(
        { url: url(port), connections: 10, duration: 1, overallRate: 500 },
        () => {},
      )
      instance.on('response', () => arrivedMs.push(performance.now() - start))
      await once(instance, 'done')
      const firstSecond = arrivedMs.filter((ms) => ms < 1000)
      const early = firstSecond.filter((ms) => ms < (firstSecond[0] ?? 0) + 300).length
      expect(early).toBeGreaterThan(firstSecond.length * 0.9)
    }))

  test('when a rate is set, then latencies are "corrected" into more samples than requests', () =>
    serving(
      (_req, res) => void setTimeout(() => res.end('ok'), 50),
      async (port) => {
        const options = { url: url(port), connections: 10, duration: 2, overallRate: 100 }
        const corrected = await autocannon(options)
        const plain = await autocannon({ ...options, ignoreCoordinatedOmission: true })
        expect(samplesOf(corrected)).toBeGreaterThan(corrected.requests.total * 5)
        expect(corrected.latency.p50).toBeLessThan(45) // of a server that needs 50 ms
        expect(samplesOf(plain)).toBeLessThanOrEqual(plain.requests.total + 10)
        expect(plain.latency.p50).toBeGreaterThanOrEqual(49)
      },
    ))

  test('when each request reconnects, then it reports none though the server answered many', () => {
    let answered = 0
    return serving(
      (_req, res) => {
        answered++
        res.end('ok')
      },
      async (port) => {
        const raw = await autocannon({
          url: url(port),
          connections: 4,
          duration: 1,
          reconnectRate: 1,
        })
        expect(answered).toBeGreaterThan(100)
        expect(raw['2xx']).toBeLessThan(answered / 10)
      },
    )
  })
})
