import { copyFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { findStep } from '../../catalogue/find-step.ts'
import { shownPath } from '../../catalogue/load-steps.ts'
import { isPristine, starterOf } from '../../catalogue/starter.ts'
import { WorkshopError } from '../../errors.ts'
import { keepFolder, remember } from '../../report/history.ts'
import { defineCommand } from '../command.ts'

export const reset = defineCommand({
  name: 'reset',
  about: 'bring back the starting version of a step; yours is kept under a dated name',
  takes: '<step>',
  mostWords: 1,
  flags: { yes: { type: 'boolean', about: 'do not ask' } },
  async run({ root, words, flags, print, steps: load }) {
    const steps = await load()
    if (!words[0]) {
      throw new WorkshopError('E_UNKNOWN_OPTION', {
        problem: 'Which step?',
        command: 'reset',
        usage: 'npm run reset step-02',
      })
    }
    const step = findStep(steps, words[0])
    if (step.shipsFinished) throw new WorkshopError('E_NO_LAYER', { step: step.id })
    const file = join(root, step.files.work)
    if (existsSync(file) && isPristine(step)) {
      print(`${step.files.work} is the starting version already. Nothing to do.`)
      return 0
    }
    const question = `Put the starting version of ${step.files.work} back? Yours is kept. [y/N] `
    if (!flags.yes && !(await confirmed(question))) {
      print(
        `Nothing was changed.${process.stdin.isTTY ? '' : ` Without a terminal, say: npm run reset ${step.id} yes`}`,
      )
      return 1
    }
    const kept = existsSync(file) ? keepCopy(root, step.folder, step.layer, file) : undefined
    writeFileSync(file, starterOf(step))
    remember(root, { event: 'reset', step: step.id, kept: kept ?? '' })
    if (kept) print(`Your version is kept as ${kept}`)
    print(`${step.files.work} is the starting version again.`)
    return 0
  },
})

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    // Ctrl-C rejects the question, Ctrl-D leaves it open for ever: both mean no.
    const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
    const answer = await Promise.race([terminal.question(question), closed]).catch(() => '')
    return /^y(es)?$/i.test(answer.trim())
  } finally {
    terminal.close()
  }
}

/** Copies the file to a dated name that is not taken, and returns it as shown to the learner. */
function keepCopy(root: string, folder: string, layer: string, file: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')
  for (let number = 1; ; number++) {
    const name = `${layer}.${stamp}${number > 1 ? `-${number}` : ''}.ts`
    const copy = join(keepFolder(root, 'kept', folder), name)
    if (existsSync(copy)) continue
    copyFileSync(file, copy)
    return shownPath(root, copy)
  }
}
