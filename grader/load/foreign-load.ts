import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename } from 'node:path'

/** What other programs did to the processors during a measurement. */
export interface ForeignLoad {
  /** Cores that they used, on average. */
  cores: number
  /** The busiest of them with its cores, where the system tells; empty when none used a tenth. */
  busiest: string
}

/**
 * Begins to watch the machine. The function returned says what everybody but `ours` used since.
 * @param ours process ids that belong to the measurement, asked for at its end.
 */
export function watchForeignLoad(): (oursMicros: number, ours: Set<number>) => ForeignLoad {
  const start = performance.now()
  const busyBefore = busyMs()
  const before = processTimes()
  return (oursMicros, ours) => {
    const elapsedMs = performance.now() - start
    const cores = (busyMs() - busyBefore - oursMicros / 1000) / elapsedMs
    let most = { name: '', cores: 0 }
    for (const [pid, { name, ms }] of processTimes()) {
      const used = (ms - (before.get(pid)?.ms ?? 0)) / elapsedMs
      if (!ours.has(pid) && used > most.cores) most = { name, cores: used }
    }
    const busiest = most.cores >= 0.1 ? `${most.name} ${most.cores.toFixed(1)} cores` : ''
    return { cores: Math.max(0, cores), busiest }
  }
}

/** Time that all processors together were not idle, in milliseconds. */
const busyMs = (): number =>
  cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)

/** CPU time of every process, in milliseconds. Empty where there is no /proc. */
function processTimes(): Map<number, { name: string; ms: number }> {
  const times = new Map<number, { name: string; ms: number }>()
  if (process.platform !== 'linux') return times
  for (const pid of readdirSync('/proc').map(Number).filter(Number.isInteger)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [command = ''] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      const name = basename(command) || stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      times.set(pid, { name, ms: (Number(fields[11]) + Number(fields[12])) * 10 })
    } catch {} // ended in the meantime
  }
  return times
}
