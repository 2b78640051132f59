import type { ChildProcess } from 'node:child_process'
import { WorkshopError } from '../errors.ts'
import { closeAllGrades } from '../process/open-grade.ts'
import { parentOf } from '../process/process-table.ts'
import { errorText } from '../report/error-text.ts'
import { lookOf } from '../report/terminal.ts'

let ending = false
let inCharge: ChildProcess | undefined

/** Resolves never when the process is about to end: what was interrupted has no result. */
export const unlessEnding = (): Promise<void> =>
  ending ? new Promise(() => {}) : Promise.resolve()

async function end(exitCode: number, say: boolean, signal: NodeJS.Signals): Promise<void> {
  if (inCharge) return void inCharge.kill(signal)
  if (ending) return
  ending = true
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  await closeAllGrades()
  if (say) process.stderr.write(`${errorText(new WorkshopError('E_INTERRUPTED'), lookOf(false))}\n`)
  process.exit(exitCode)
}

/**
 * Ends cleanly on Ctrl-C, on a polite kill, on a closed terminal, and when the process that started
 * this one is gone without a word (kill -9 of npm): nobody would read the verdict.
 */
export function endWhenAsked(): void {
  process.on('SIGINT', () => void end(130, true, 'SIGINT'))
  process.on('SIGTERM', () => void end(143, true, 'SIGTERM'))
  process.on('SIGHUP', () => void end(129, false, 'SIGHUP'))
  const orphaned = () => void end(129, false, 'SIGTERM')
  if (process.env.WORKSHOP_PARENT_IPC) process.on('disconnect', orphaned)
  if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
    // npm starts a shell that starts us; an orphaned shell would go on waiting for us.
    const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`
    const before = ancestors()
    setInterval(() => ancestors() !== before && orphaned(), 250).unref()
  }
}

/** Hands the terminal to a program: signals are its to act upon, and its end is ours. */
export function handTerminalTo(child: ChildProcess): void {
  inCharge = child
}

/** From now on the end of this process is an ordinary one. */
export const stopWatching = (): void => {
  ending = true
}
