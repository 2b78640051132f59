import type { RequestListener } from 'node:http'
import { describe, expect, test } from 'vitest'
import { openLoop } from '../../load/open-loop.ts'
import { quantile } from '../../load/quantile.ts'
import { serving } from './serving.ts'

describe('the open-loop generator', () => {
  test('when a rate is asked for, then requests arrive evenly, not in bursts', async () => {
    const arrivedMs: number[] = []
    const listener: RequestListener = (_req, res) => {
      arrivedMs.push(performance.now())
      res.end('ok')
    }
    await serving(listener, async (port) => {
      const report = await openLoop(port, { perSecond: 200, durationMs: 1000, expectBody: 'ok' })
      expect(report).toMatchObject({
        offered: 200,
        errors: 0,
        wrongBodies: 0,
        statuses: { 200: 200 },
      })
      const first = arrivedMs[0] ?? 0
      const until = (ms: number) => arrivedMs.filter((at) => at - first < ms).length
      // A burst would put nearly all of them into the first tenth.
      expect(until(100)).toBeLessThan(60)
      expect(until(500)).toBeGreaterThan(60)
      expect(until(500)).toBeLessThan(140)
    })
  })

  test('when the server stalls, then the stall is in the latencies of all that were due meanwhile', async () => {
    const start = performance.now()
    let stalled = false
    const listener: RequestListener = (_req, res) => {
      const elapsed = performance.now() - start
      if (stalled || elapsed < 300) return void res.end('ok')
      stalled = true
      // A timer rather than a loop: the generator shares this thread and must keep its pace.
      stallUntil = performance.now() + 400
      setTimeout(() => res.end('ok'), 400)
    }
    let stallUntil = 0
    const queueing: RequestListener = (req, res) => {
      const waitMs = stallUntil - performance.now()
      if (waitMs > 0) setTimeout(() => listener(req, res), waitMs)
      else listener(req, res)
    }
    await serving(queueing, async (port) => {
      const report = await openLoop(port, { perSecond: 100, durationMs: 1000 })
      const latencies = report.latenciesMs[200] ?? []
      expect(latencies).toHaveLength(100)
      // 40 of 100 were due during the stall and waited 200 ms on average. A closed loop of one
      // connection would have seen one slow answer.
      expect(latencies.filter((ms) => ms > 50).length).toBeGreaterThan(25)
      expect(quantile(latencies, 0.9)).toBeGreaterThan(200)
      expect(quantile(latencies, 0.5)).toBeLessThan(50)
    })
  })

  test('when connections are few, then waiting for one counts as latency', async () => {
    const slow: RequestListener = (_req, res) => void setTimeout(() => res.end('ok'), 20)
    await serving(slow, async (port) => {
      // One connection answers 50 a second; 100 are due, so the last one waits for about a second.
      const report = await openLoop(port, { perSecond: 100, durationMs: 1000, connections: 1 })
      expect(Math.max(...(report.latenciesMs[200] ?? []))).toBeGreaterThan(700)
    })
  })

  test('when nobody listens, then every request is an error', async () => {
    const report = await openLoop(1, { perSecond: 50, durationMs: 200 })
    expect(report).toMatchObject({ offered: 10, errors: 10, statuses: {} })
  })
})
