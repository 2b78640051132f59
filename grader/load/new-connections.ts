import { request } from 'node:http'
import type { LoadOptions, LoadReport } from '../catalogue/load-shape.ts'
import { cpuMicros } from './generator-cpu.ts'
import { quantile } from './quantile.ts'

/**
 * Closed-loop load in which every request has a connection of its own. Not by autocannon 9: with
 * `reconnectRate: 1` it reports no requests at all, and with `connection: close` its latencies make
 * no sense.
 */
export async function newConnections(port: number, options: LoadOptions = {}): Promise<LoadReport> {
  const { connections = 10, durationMs = 1000, path = '/ping', expectBody } = options
  const latenciesMs: number[] = []
  let bad = 0
  let errors = 0
  const cpuBefore = cpuMicros()
  const start = performance.now()

  const exchange = () =>
    new Promise<void>((resolve) => {
      const sentAt = performance.now()
      const client = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (text) => {
          body += text
        })
        response.on('end', () => {
          const ok =
            response.statusCode === 200 && (expectBody === undefined || body === expectBody)
          if (ok) latenciesMs.push(performance.now() - sentAt)
          else bad++
          resolve()
        })
      })
      client.on('error', () => {
        errors++
        resolve()
      })
      client.end()
    })
  const loop = async () => {
    while (performance.now() - start < durationMs) await exchange()
  }
  await Promise.all(Array.from({ length: connections }, loop))

  const elapsedMs = performance.now() - start
  return {
    good: latenciesMs.length,
    bad,
    errors,
    durationMs: elapsedMs,
    perSecond: (latenciesMs.length / elapsedMs) * 1000,
    p50Ms: quantile(latenciesMs, 0.5),
    generatorCores: (cpuMicros() - cpuBefore) / 1000 / elapsedMs,
  }
}
