import autocannon from 'autocannon'
import { cpuMicros } from './generator-cpu.ts'
import { quantile } from './quantile.ts'

export interface LoadOptions {
  /** Connections, each with one request at a time. Default 10. */
  connections?: number
  /** Default 1 000. */
  durationMs?: number
  method?: 'GET' | 'POST'
  /** Default `/ping`. */
  path?: string
  headers?: Record<string, string>
  body?: string
  /** Every answer must have exactly this body. */
  expectBody?: string
}

/** What a load round came to. */
export interface LoadReport {
  /** Answers with a 2xx status and, where one was expected, the right body. */
  good: number
  /** Answers with another status or another body. */
  bad: number
  /** Requests without an answer: refused, reset, timed out. */
  errors: number
  durationMs: number
  /** Good answers per second of our own clock. */
  perSecond: number
  /** Median time of an answer, in milliseconds, not rounded. */
  p50Ms: number
  /** CPU time that the generator used, in cores: 1 means that it was the limit. */
  generatorCores: number
}

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
  } = options
  const latenciesMs: number[] = []
  let lastStatus = 0
  let wrongBodies = 0
  const cpuBefore = cpuMicros()
  const start = performance.now()
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
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
    errors: result.errors, // timeouts among them,
    durationMs: elapsedMs,
    perSecond: (good / elapsedMs) * 1000,
    p50Ms: quantile(latenciesMs, 0.5),
    generatorCores: (cpuMicros() - cpuBefore) / 1000 / elapsedMs,
  }
}
