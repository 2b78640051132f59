import { findStep } from '../../catalogue/find-step.ts'
import { history, remember } from '../../report/history.ts'
import { wrap } from '../../report/terminal.ts'
import { defineCommand } from '../command.ts'
import { currentStep } from '../current-step.ts'

export const hint = defineCommand({
  name: 'hint',
  about: 'the next hint of a step; the last one nearly gives the answer',
  takes: '[step]',
  mostWords: 1,
  flags: { all: { type: 'boolean', about: 'all hints at once' } },
  async run({ root, words, flags, look, print, steps: load }) {
    const steps = await load()
    const events = history(root)
    const step = words[0] ? findStep(steps, words[0]) : currentStep(steps, events)
    const total = step.hints.length
    if (total === 0) {
      print(`${step.id} ships finished and has no hints. Grade it: npm run grade ${step.id}`)
      return 0
    }
    const shown = events.filter((one) => one.event === 'hint' && one.step === step.id).length
    const number = Math.min(shown + 1, total)
    const wanted = flags.all ? step.hints.map((_, i) => i + 1) : [number]
    for (const i of wanted) {
      print(`${look.paint('bold', `${step.id}, hint ${i} of ${total}`)}`)
      print(`  ${wrap(step.hints[i - 1] ?? '', look.width, '  ')}`)
    }
    if (!flags.all) {
      if (shown < total) remember(root, { event: 'hint', step: step.id, shown: number })
      print(
        number < total
          ? `The next one:  npm run hint ${step.id}`
          : `That was the last. All of them:  npm run hint ${step.id} all`,
      )
    }
    return 0
  },
})
