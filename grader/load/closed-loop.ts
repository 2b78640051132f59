import type autocannonTypes from 'autocannon'
import type { LoadOptions, LoadReport } from '../catalogue/load-shape.ts'
import { cpuMicros } from './generator-cpu.ts'
import { quantile } from './quantile.ts'

/**
 * Closed-loop load by autocannon: each connection sends its next request when the last one is
 * answered. Works around what autocannon 9 rounds: its duration (up to the next sample, so samples
 * are short) and its latencies (whole milliseconds, so they are taken from its `response` event).
 */
export async function closedLoop(port: number, options: LoadOptions = {}): Promise<LoadReport> {
  const {
    connections = 10,
    durationMs = 1000,
    method = 'GET',
    path = '/ping',
    expectBody,
    verifyBody,
  } = options
  // Loaded when there is load: most commands need none of it, and every step's gates import this.
  const { default: autocannon } = await import('autocannon')
  const latenciesMs: number[] = []
  let lastStatus = 0
  let wrongBodies = 0
  const cpuBefore = cpuMicros()
  const start = performance.now()
  const result = await new Promise<autocannonTypes.Result>((resolve, reject) => {
    const instance = autocannon(
      {
        url: `http://127.0.0.1:${port}${path}`,
        connections,
        duration: durationMs / 1000,
        sampleInt: 50,
        method,
        ...(options.headers && { headers: options.headers }),
        ...(options.body !== undefined && { body: options.body }),
        ...(expectBody !== undefined && { expectBody }),
        ...(verifyBody && { verifyBody: (text) => verifyBody(String(text ?? '')) }),
      },
      (error, report) => (error ? reject(error) : resolve(report)),
    )
    instance.on('response', (_client, status, _bytes, responseTimeMs) => {
      lastStatus = status
      latenciesMs.push(responseTimeMs)
    })
    // Comes right after the `response` that it is about; what is not 2xx is bad anyway.
    const events: NodeJS.EventEmitter = instance // its types leave this event out
    events.on('reqMismatch', () => {
      if (lastStatus >= 200 && lastStatus < 300) wrongBodies++
    })
  })
  const elapsedMs = performance.now() - start
  const good = result['2xx'] - wrongBodies
  return {
    good,
    bad: result.non2xx + wrongBodies,
    errors: result.errors, // timeouts among them
    durationMs: elapsedMs,
    perSecond: (good / elapsedMs) * 1000,
    p50Ms: quantile(latenciesMs, 0.5),
    generatorCores: (cpuMicros() - cpuBefore) / 1000 / elapsedMs,
  }
}
