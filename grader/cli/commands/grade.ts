import { randomInt } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findStep } from '../../catalogue/find-step.ts'
import type { LoadedStep } from '../../catalogue/load-steps.ts'
import { isPristine } from '../../catalogue/starter.ts'
import type { Target } from '../../catalogue/target.ts'
import { WorkshopError } from '../../errors.ts'
import { history, keepFolder, remember } from '../../report/history.ts'
import { ProgressLine } from '../../report/progress-line.ts'
import { exitCodes, Result } from '../../report/result.ts'
import { verdictText } from '../../report/verdict-text.ts'
import { type Call, defineCommand } from '../command.ts'
import { currentStep } from '../current-step.ts'
import { gradeStep } from '../grade-step.ts'
import { unlessEnding } from '../signals.ts'

export const grade = defineCommand({
  name: 'grade',
  about: 'say whether a step is done: its checks, then its load gate',
  takes: '[step]',
  mostWords: 1,
  flags: {
    solution: { type: 'boolean', about: 'grade the reference instead of your file' },
    json: { type: 'boolean', about: 'print only the canonical result (use npm run -s)' },
    seed: { type: 'string', about: 'repeat the random data of an earlier grade' },
    target: { type: 'string', about: 'grade starter, right/<name> or wrong/<name>; for authors' },
    'no-load': { type: 'boolean', about: 'checks only; for authors' },
  },
  async run(call) {
    const { root, words, flags, look, print } = call
    const steps = await call.steps()
    const step = words[0] ? findStep(steps, words[0]) : currentStep(steps, history(root))
    const target = targetOf(call)
    const line = new ProgressLine(look)
    let result: Result
    try {
      result = await gradeStep({
        steps,
        step,
        target,
        seed: seedOf(call),
        progress: (text) => line.say(text),
        load: !flags['no-load'],
      })
    } finally {
      line.stop()
      await unlessEnding()
    }
    result = Result.parse(result) // what is written must be what the schema says
    if (target === 'mine') keep(root, step, result)
    if (flags.json) {
      print(JSON.stringify(result, null, 2))
    } else {
      print(verdictText(result, look))
      for (const text of whatNext(steps, step, result)) print(text)
    }
    return exitCodes[result.verdict]
  },
})

function targetOf({ flags }: Call): Target {
  const target = flags.solution ? 'solution' : String(flags.target ?? 'mine')
  if (/^(mine|solution|starter|(right|wrong)\/[\w-]+)$/.test(target)) return target as Target
  throw new WorkshopError('E_UNKNOWN_OPTION', {
    problem: `--target takes no "${target}".`,
    command: 'grade',
    usage: 'npm run grade step-02 -- --target wrong/<name>',
  })
}

function seedOf({ flags }: Call): number {
  if (flags.seed === undefined) return randomInt(1_000_000)
  if (/^\d{1,15}$/.test(String(flags.seed))) return Number(flags.seed)
  throw new WorkshopError('E_UNKNOWN_OPTION', {
    problem: `--seed takes a whole number, not "${flags.seed}".`,
    command: 'grade',
    usage: 'npm run grade step-02 -- --seed 7',
  })
}

function keep(root: string, step: LoadedStep, result: Result): void {
  const held = result.checks.filter(({ passed }) => passed).length
  remember(root, {
    event: 'grade',
    step: step.id,
    verdict: result.verdict,
    held,
    checks: result.checks.length,
  })
  const file = join(keepFolder(root, 'results'), `${step.id}.json`)
  // Whole or not at all, though two grades may write at once.
  writeFileSync(`${file}.${process.pid}`, `${JSON.stringify(result, null, 2)}\n`)
  renameSync(`${file}.${process.pid}`, file)
}

function whatNext(steps: LoadedStep[], step: LoadedStep, result: Result): string[] {
  if (result.target !== 'mine') return []
  if (result.verdict === 'pass') {
    const next = steps[steps.indexOf(step) + 1]
    const compare = step.shipsFinished
      ? []
      : [`Compare with the reference:  npm run diff ${step.id}`]
    return [
      ...compare,
      next
        ? `Next:  read ${next.files.lesson}, then  npm run grade ${next.id}`
        : 'That was the last step so far.',
    ]
  }
  if (step.shipsFinished) return []
  const unchanged = isPristine(step)
    ? [`${step.files.work} is still the starting version: that is the file to write.`]
    : []
  return [
    ...unchanged,
    `Lesson:  ${step.files.lesson}     Stuck?  npm run hint ${step.id}     By hand:  npm start ${step.id} graded`,
  ]
}
