import { cpuMicros } from './generator-cpu.ts'
import { quantile } from './quantile.ts'

export interface OpenLoopOptions {
  /** Requests that are sent each second, whatever has been answered. */
  perSecond: number
  /** Default 1 000. */
  durationMs?: number
  /** Default `/ping`. */
  path?: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** An answer with status 200 must have exactly this body. */
  expectBody?: string
  /** Connections at most; a request beyond them waits, and the wait counts. Default 512. */
  connections?: number
  /** After which a request without an answer counts as an error. Default 10 000. */
  timeoutMs?: number
}

export interface OpenLoopReport {
  /** Requests that were due. */
  offered: number
  /** How many answers had which status. */
  statuses: Record<number, number>
  /** Answers with status 200 and the wrong body. */
  wrongBodies: number
  errors: number
  /** From the time at which a request was due to its last byte, in milliseconds, by status. */
  latenciesMs: Record<number, number[]>
  /** How late the generator itself sent, in milliseconds: the 99th percentile. */
  latenessP99Ms: number
  durationMs: number
  generatorCores: number
}

/**
 * Open-loop load: requests are due at even distances and are sent then, though none of the earlier
 * ones may be answered. Latency counts from the time at which a request was *due*, so that a server
 * that stalls cannot hide its stall by keeping the next requests from being sent (coordinated
 * omission; Gil Tene, "How NOT to Measure Latency").
 */
export async function openLoop(port: number, options: OpenLoopOptions): Promise<OpenLoopReport> {
  const {
    perSecond,
    durationMs = 1000,
    path = '/ping',
    method = 'GET',
    timeoutMs = 10_000,
  } = options
  const { Pool } = await import('undici') // when there is load, see closed-loop.ts
  const pool = new Pool(`http://127.0.0.1:${port}`, {
    connections: options.connections ?? 512,
    pipelining: 1,
  })
  const report: OpenLoopReport = {
    offered: Math.round((perSecond * durationMs) / 1000),
    statuses: {},
    wrongBodies: 0,
    errors: 0,
    latenciesMs: {},
    latenessP99Ms: 0,
    durationMs: 0,
    generatorCores: 0,
  }
  const latenessMs: number[] = []
  const cpuBefore = cpuMicros()
  const start = performance.now()

  const send = async (dueMs: number) => {
    latenessMs.push(performance.now() - start - dueMs)
    try {
      const { statusCode, body } = await pool.request({
        path,
        method,
        headers: options.headers ?? null,
        body: options.body ?? null,
        signal: AbortSignal.timeout(timeoutMs),
      })
      const text = await body.text()
      report.statuses[statusCode] = (report.statuses[statusCode] ?? 0) + 1
      report.latenciesMs[statusCode] ??= []
      report.latenciesMs[statusCode].push(performance.now() - start - dueMs)
      if (statusCode === 200 && options.expectBody !== undefined && text !== options.expectBody) {
        report.wrongBodies++
      }
    } catch {
      report.errors++
    }
  }

  const pending: Promise<void>[] = []
  await new Promise<void>((resolve) => {
    const tick = () => {
      // Timers are no finer than a millisecond: send all that is due by now, each with its own time.
      const dueCount = Math.min(
        report.offered,
        Math.floor(((performance.now() - start) * perSecond) / 1000) + 1,
      )
      while (pending.length < dueCount) pending.push(send((pending.length * 1000) / perSecond))
      if (pending.length >= report.offered) resolve()
      else setTimeout(tick, 1)
    }
    tick()
  })
  await Promise.all(pending)
  report.durationMs = performance.now() - start
  report.latenessP99Ms = quantile(latenessMs, 0.99)
  report.generatorCores = (cpuMicros() - cpuBefore) / 1000 / report.durationMs
  await pool.destroy()
  return report
}
