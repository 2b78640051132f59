import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/**
 * Living processes that have to do with a copy of the workshop: by their folder, which a child keeps
 * even when it is given an empty environment, by their environment, or by their command line. Linux
 * only; elsewhere the list is empty.
 * @param mark text that stands in the environment and the command lines of this copy alone.
 */
export function leftovers(folder: string, mark: string): string[] {
  return processes().flatMap((pid) => {
    try {
      const at = readlinkSync(`/proc/${pid}/cwd`)
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
      const state = /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
      const ours =
        at.startsWith(folder) || command.includes(mark) || environment.includes(`/${mark}`)
      return ours && state !== 'Z' ? [`${pid} ${command}`] : []
    } catch {
      return [] // gone in the meantime, or not ours to read
    }
  })
}

function processes(): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid)
}

/** Whether a process runs; one that only waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    if (process.platform !== 'linux') return true
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
