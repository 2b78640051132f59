import { WorkshopError } from '../errors.ts'
import { closeAllGrades } from '../process/open-grade.ts'
import { parentOf } from '../process/process-table.ts'
import { errorText } from '../report/error-text.ts'
import { lookOf } from '../report/terminal.ts'

let ending = false

async function end(exitCode: number, say: boolean): Promise<void> {
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
  process.on('SIGINT', () => void end(130, true))
  process.on('SIGTERM', () => void end(143, true))
  process.on('SIGHUP', () => void end(129, false))
  if (process.env.WORKSHOP_PARENT_IPC) process.on('disconnect', () => void end(129, false))
  if (process.env.npm_lifecycle_event && process.platform !== 'win32') {
    // npm starts a shell that starts us; an orphaned shell would go on waiting for us.
    const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`
    const before = ancestors()
    setInterval(() => ancestors() !== before && void end(129, false), 250).unref()
  }
}

/** Takes the signals over, for commands that hand the terminal to somebody else. */
export const leaveSignalsToOthers = (): void => {
  ending = true
}
