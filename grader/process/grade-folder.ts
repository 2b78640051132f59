import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { killMarked, killTree } from './kill-tree.ts'

/** A folder that lives as long as one grade; its name is the mark of the grade's processes. */
export const createGradeFolder = (): string => mkdtempSync(join(tmpdir(), 'workshop-grade-'))

export const gradeIdOf = (folder: string): string => basename(folder)

const list = (folder: string): string => join(folder, 'processes')

/** Written down before anything else happens to a new process, so that a dead grader leaves a trace. */
export const noteStarted = (folder: string, pid: number): void => note(folder, `+${pid}`)
export const noteEnded = (folder: string, pid: number): void => note(folder, `-${pid}`)

function note(folder: string, line: string): void {
  try {
    appendFileSync(list(folder), `${line}\n`)
  } catch (error) {
    // A process may end after the clean-up, when the folder is gone.
    if (existsSync(folder)) throw error
  }
}

/** Ends every process of the grade and removes its folder. Safe to call again. */
export function cleanUp(folder: string): void {
  for (const pid of stillRunning(folder)) killTree(pid)
  killMarked(gradeIdOf(folder))
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function stillRunning(folder: string): Set<number> {
  const running = new Set<number>()
  if (!existsSync(list(folder))) return running
  for (const line of readFileSync(list(folder), 'utf8').split('\n')) {
    const pid = Number(line.slice(1))
    if (line.startsWith('+')) running.add(pid)
    else if (line.startsWith('-')) running.delete(pid)
  }
  return running
}
