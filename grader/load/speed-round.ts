import type { SpeedGate } from '../catalogue/define-load-gate.ts'
import type { LoadReport } from '../catalogue/load-shape.ts'
import { cpuTimeOf, cpuUsedMicros } from '../process/cpu-time.ts'
import type { RunningServer } from '../process/start-server.ts'
import { closedLoop } from './closed-loop.ts'

/** One short round of load against one server, seen from both ends. */
export interface SpeedRound extends LoadReport {
  /** CPU of the server and its children for each good answer, in microseconds. */
  cpuMicrosPerRequest: number
  serverCores: number
}

const roundMs = 300

export async function speedRound(
  gate: SpeedGate,
  server: RunningServer,
  durationMs = roundMs,
): Promise<SpeedRound> {
  const load = { ...gate.load, durationMs }
  const cpu = await startCpuClock(server)
  const report = await (gate.round?.(server, load) ?? closedLoop(server.port, load))
  const cpuMicros = await cpu()
  return {
    ...report,
    cpuMicrosPerRequest: cpuMicros / report.good,
    serverCores: cpuMicros / 1000 / report.durationMs,
  }
}

/** From the kernel where it tells about the whole process tree; elsewhere the server's own count. */
async function startCpuClock(server: RunningServer): Promise<() => Promise<number>> {
  const before = cpuTimeOf(server.pid)
  if (before) {
    return async () => cpuUsedMicros(before, cpuTimeOf(server.pid) ?? before)
  }
  const { cpuMicros } = await server.counters()
  return async () => (await server.counters()).cpuMicros - cpuMicros
}
