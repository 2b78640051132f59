import { readdirSync, readFileSync } from 'node:fs'
import { descendants } from './process-table.ts'

/** CPU time of a process with its descendants, read from outside. Differences of two are what counts. */
export interface CpuTime {
  /** From the scheduler, to the nanosecond, but only of threads that still live. In microseconds. */
  livingMicros: number
  /** From the kernel's accounts, in ticks of 10 ms, threads and children that ended included. */
  accountedMicros: number
}

const tickMicros = 10_000 // USER_HZ is 100 on every Linux that Node runs on

/** @returns undefined where there is no /proc: ask the server's probe instead. */
export function cpuTimeOf(pid: number): CpuTime | undefined {
  if (process.platform !== 'linux') return undefined
  const total: CpuTime = { livingMicros: 0, accountedMicros: 0 }
  for (const one of [pid, ...descendants(pid)]) {
    try {
      for (const task of readdirSync(`/proc/${one}/task`)) {
        const [nanos] = readFileSync(`/proc/${one}/task/${task}/schedstat`, 'utf8').split(' ')
        total.livingMicros += Number(nanos) / 1000
      }
      const stat = readFileSync(`/proc/${one}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      // utime, stime, cutime, cstime: fields 14 to 17 of proc(5), counted from the state, field 3.
      for (const field of fields.slice(11, 15)) total.accountedMicros += Number(field) * tickMicros
    } catch {} // ended in the meantime
  }
  return total
}

/** CPU used between two readings, in microseconds: the exact figure, unless threads took theirs along. */
export function cpuUsedMicros(before: CpuTime, after: CpuTime): number {
  const living = after.livingMicros - before.livingMicros
  const accounted = after.accountedMicros - before.accountedMicros - tickMicros
  return Math.max(living, accounted)
}
