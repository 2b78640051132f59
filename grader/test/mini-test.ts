import { test as base } from 'vitest'
import { Mini } from './mini.ts'
import { until } from './until.ts'

/**
 * A test with a copy of the mini workshop of its own. When it is over, whatever happened in it, no
 * process and no folder of a grade may be left.
 */
export const test = base.extend('mini', async ({ task }, { onCleanup }) => {
  const mini = new Mini()
  onCleanup(async () => {
    await until(() => mini.leftovers().length === 0, 10_000).catch(() => {
      throw new Error(`left behind by "${task.name}": ${mini.leftovers().join('; ')}`)
    })
    mini.remove()
  })
  return mini
})
