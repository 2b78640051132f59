import { spawnSync } from 'node:child_process'
import { descendants, markedProcesses } from './process-table.ts'

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {} // already gone
}

/** Ends the rest of a process group whose leader has just ended. */
export function endGroup(pid: number): void {
  if (process.platform !== 'win32') kill(-pid)
}

/**
 * Ends a server and everything it started: its process group, and on Linux also descendants that
 * left the group. Look at the tree before killing its root: afterwards they are nobody's children.
 */
export function killTree(pid: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  const strays = descendants(pid)
  kill(-pid)
  kill(pid)
  for (const stray of strays) kill(stray)
}

/** Ends what still carries the mark of a grade, daemons whose parent is long gone among them. */
export function killMarked(gradeId: string): void {
  // A process may start another while we look, so look until there is none; a fork bomb cannot
  // keep us here forever.
  for (let round = 0; round < 20; round++) {
    const found = markedProcesses(gradeId)
    if (found.length === 0) return
    for (const pid of found) kill(pid)
  }
}
