import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'

/** Foreign load that a measurement of the grader makes for itself. */
export const conditions = ['idle', 'one core hogged', 'all cores hogged', 'bursty'] as const
export type Condition = (typeof conditions)[number]

// Each looks for its parent now and then, so that it cannot outlive a parent that was killed.
const hog = `
  const parent = process.ppid
  const spin = (ms) => { for (const end = performance.now() + ms; performance.now() < end; ); }
  const bursty = process.argv[1] === 'bursty'
  const turn = () => {
    if (process.ppid !== parent) process.exit()
    spin(bursty ? 50 + Math.random() * 400 : 50)
    setTimeout(turn, bursty ? 50 + Math.random() * 400 : 0)
  }
  turn()`

/** Starts the programs of a condition; the function returned ends them. */
export function startHogs(condition: Condition): () => Promise<void> {
  const counts = {
    idle: 0,
    'one core hogged': 1,
    'all cores hogged': availableParallelism(),
    bursty: availableParallelism(),
  }
  const hogs: ChildProcess[] = Array.from({ length: counts[condition] }, () =>
    spawn(process.execPath, ['-e', hog, condition === 'bursty' ? 'bursty' : 'steady'], {
      stdio: 'ignore',
    }),
  )
  return async () => {
    const gone = hogs.map((one) => once(one, 'exit'))
    for (const one of hogs) one.kill('SIGKILL')
    await Promise.all(gone)
  }
}
