import { type CpuTime, cpuTimeOf, cpuUsedMicros } from '../process/cpu-time.ts'
import { descendants } from '../process/process-table.ts'

/** Keeps account of what the servers of a measurement use, so that the rest is other programs'. */
export function ownShare() {
  const started = new Map<number, CpuTime | undefined>()
  let settledMicros = 0
  const used = () => {
    let sum = 0
    for (const [pid, before] of started) {
      const now = cpuTimeOf(pid)
      if (before && now) sum += cpuUsedMicros(before, now)
    }
    return sum
  }
  return {
    add(...pids: number[]): void {
      for (const pid of pids) started.set(pid, cpuTimeOf(pid))
    },
    /** Call it before servers are stopped: afterwards nobody knows what they used. */
    settle(): void {
      settledMicros += used()
      started.clear()
    },
    /** CPU of all of them since they were added, in microseconds. */
    micros: (): number => settledMicros + used(),
    /** Process ids of the measurement: the servers with their children, and this process. */
    pids: (): Set<number> =>
      new Set([process.pid, ...[...started.keys()].flatMap((pid) => [pid, ...descendants(pid)])]),
  }
}
