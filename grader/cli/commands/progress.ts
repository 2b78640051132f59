import { history, passedSteps } from '../../report/history.ts'
import { defineCommand } from '../command.ts'

export const progress = defineCommand({
  name: 'progress',
  about: 'all steps, how far you are, and what comes next',
  takes: '',
  mostWords: 0,
  flags: {},
  async run({ root, look, print, steps: load }) {
    const steps = await load()
    const events = history(root)
    const passed = passedSteps(events)
    const { paint, plain } = look
    const done = steps.filter(({ id }) => passed.has(id)).length
    if (!plain)
      print(
        `${paint('green', '█'.repeat(done * 2))}${paint('dim', '░'.repeat((steps.length - done) * 2))}`,
      )
    print(`${done} of ${steps.length} steps passed`)
    print('')
    for (const step of steps) {
      const last = events.findLast((one) => one.event === 'grade' && one.step === step.id)
      const state = passed.has(step.id) ? 'passed' : last ? 'tried' : 'not tried yet'
      const detail =
        last?.event === 'grade'
          ? `last grade ${last.at.slice(0, 16).replace('T', ' ')} UTC: ${last.verdict}, ${last.held} of ${last.checks} checks`
          : ''
      const sign = plain ? '' : passed.has(step.id) ? `${paint('green', '✔')} ` : '· '
      print(
        `${sign}${step.id}  ${step.title.padEnd(36)} ${state.padEnd(14)} ${paint('dim', detail)}`.trimEnd(),
      )
    }
    print('')
    const next = steps.find(({ id }) => !passed.has(id))
    print(
      next
        ? `Next:  read ${next.files.lesson}, then  npm run grade ${next.id}`
        : 'All steps that there are so far are passed.',
    )
    return 0
  },
})
