import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from './result.ts'

/** One thing that the learner did; the file is only ever appended to, one JSON object a line. */
export type HistoryEvent =
  | {
      at: string
      event: 'grade'
      step: string
      verdict: Result['verdict']
      held: number
      checks: number
    }
  | { at: string; event: 'hint'; step: string; shown: number }
  | { at: string; event: 'reset'; step: string; kept: string }
  | { at: string; event: 'diff asked'; step: string }

/** Folder of everything that the grader keeps for its learner; ignored by git. */
export function keepFolder(root: string, ...names: string[]): string {
  const folder = join(root, '.workshop', ...names)
  mkdirSync(folder, { recursive: true })
  return folder
}

const fileOf = (root: string): string => join(root, '.workshop', 'history.jsonl')

// Omit over a union keeps only what all members share; this keeps each member whole.
type WithoutTime<T> = T extends unknown ? Omit<T, 'at'> : never

/** Appends an event. One short write, so that two commands at once do not mix their lines. */
export function remember(root: string, event: WithoutTime<HistoryEvent>): void {
  keepFolder(root)
  const line = JSON.stringify({ at: new Date().toISOString(), ...event })
  // After a line that broke off (a full disk) this one must not become part of it.
  const before = existsSync(fileOf(root)) ? readFileSync(fileOf(root), 'utf8') : ''
  appendFileSync(fileOf(root), `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`)
}

/** All events, oldest first. A damaged line (a full disk, an editor) is passed over, not fatal. */
export function history(root: string): HistoryEvent[] {
  if (!existsSync(fileOf(root))) return []
  return readFileSync(fileOf(root), 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const event: HistoryEvent | null = line ? JSON.parse(line) : null
        return event?.event ? [event] : []
      } catch {
        return []
      }
    })
}

/** The steps that were passed at least once. */
export const passedSteps = (events: HistoryEvent[]): Set<string> =>
  new Set(
    events.flatMap((one) => (one.event === 'grade' && one.verdict === 'pass' ? [one.step] : [])),
  )
