import {
  closedLoop,
  type LoadReport,
  newConnections,
  quantile,
  type RunningServer,
} from '../../grader/author.ts'

const clients = 10
const roundMs = 300

/** One round of load in one shape, seen from both ends. */
export interface Traffic {
  /** Counted by the server. */
  requests: number
  connections: number
  cpuMicrosPerRequest: number
  serverCores: number
  /** Seen by the load generator. */
  perSecond: number
  p50Ms: number
  generatorCores: number
  failed: number
}

export async function measureTraffic(
  server: RunningServer,
  shape: 'kept' | 'new',
): Promise<Traffic> {
  const load = shape === 'kept' ? closedLoop : newConnections
  const before = await server.counters()
  const report: LoadReport = await load(server.port, {
    connections: clients,
    durationMs: roundMs,
    expectBody: 'ok',
  })
  const after = await server.counters()
  const requests = after.requests - before.requests
  const cpuMicros = after.cpuMicros - before.cpuMicros
  return {
    requests,
    connections: after.connections - before.connections,
    cpuMicrosPerRequest: cpuMicros / requests,
    serverCores: cpuMicros / 1000 / report.durationMs,
    perSecond: report.perSecond,
    p50Ms: report.p50Ms,
    generatorCores: report.generatorCores,
    failed: report.bad + report.errors,
  }
}

/** The ten attributes of a load test, and what came of them, for both shapes. */
export function trafficTable(kept: Traffic[], fresh: Traffic[]) {
  const median = (rounds: Traffic[], of: (round: Traffic) => number) =>
    quantile(rounds.map(of), 0.5)
  const row = (name: string, of: (rounds: Traffic[]) => string) => [name, of(kept), of(fresh)]
  const same = (name: string, value: string) => [name, value, value]
  const sum = (rounds: Traffic[], of: (round: Traffic) => number) =>
    rounds.reduce((total, round) => total + of(round), 0)
  return {
    columns: ['your machine', 'keep-alive', 'new connections'],
    rows: [
      row('requests per second', (rounds) => median(rounds, (one) => one.perSecond).toFixed(0)),
      same('concurrent connections', String(clients)),
      row('requests per connection', (rounds) =>
        (sum(rounds, (one) => one.requests) / sum(rounds, (one) => one.connections)).toFixed(1),
      ),
      same('protocol', 'HTTP/1.1'),
      same('TLS', 'no'),
      same('payload of a request', '0 bytes'),
      same('body of a response', '2 bytes'),
      ['keep-alive', 'yes', 'no'],
      same('where the client is', 'this machine'),
      same('network path', 'loopback'),
      ['', '', ''],
      row(
        'server CPU per request',
        (rounds) => `${median(rounds, (one) => one.cpuMicrosPerRequest).toFixed(0)} µs`,
      ),
      row('median latency', (rounds) => `${median(rounds, (one) => one.p50Ms).toFixed(2)} ms`),
      row(
        'CPU of the server',
        (rounds) => `${median(rounds, (one) => one.serverCores).toFixed(2)} cores`,
      ),
      row(
        'CPU of the load generator',
        (rounds) => `${median(rounds, (one) => one.generatorCores).toFixed(2)} cores`,
      ),
      row('who was the bottleneck', (rounds) =>
        bottleneck(
          median(rounds, (one) => one.serverCores),
          median(rounds, (one) => one.generatorCores),
        ),
      ),
    ],
  }
}

/** A JavaScript thread has one core: who used (nearly) all of it was the limit. */
function bottleneck(serverCores: number, generatorCores: number): string {
  const busy = 0.85
  if (serverCores < busy && generatorCores < busy) return 'neither'
  return serverCores >= generatorCores ? 'the server' : 'the generator'
}
