import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTwoFilesPatch } from 'diff'
import { findStep } from '../../catalogue/find-step.ts'
import { WorkshopError } from '../../errors.ts'
import { history, passedSteps, remember } from '../../report/history.ts'
import { defineCommand } from '../command.ts'
import { currentStep } from '../current-step.ts'

export const diff = defineCommand({
  name: 'diff',
  about: 'your file against the reference; asks twice before the first pass',
  takes: '[step]',
  mostWords: 1,
  flags: {},
  async run({ root, words, look, print, steps: load }) {
    const steps = await load()
    const events = history(root)
    const step = words[0] ? findStep(steps, words[0]) : currentStep(steps, events)
    if (step.shipsFinished) throw new WorkshopError('E_NO_LAYER', { step: step.id })
    const { work, reference } = step.files
    if (!existsSync(join(root, work))) {
      throw new WorkshopError('E_FILE_MISSING', { file: work, step: step.id })
    }
    if (!existsSync(join(root, reference)))
      throw new WorkshopError('E_NO_REFERENCE', { file: reference })
    const asked = events.some((one) => one.event === 'diff asked' && one.step === step.id)
    if (!passedSteps(events).has(step.id) && !asked) {
      remember(root, { event: 'diff asked', step: step.id })
      throw new WorkshopError('E_SPOILER', { step: step.id })
    }
    const read = (file: string) => readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n')
    const patch = createTwoFilesPatch(
      work,
      reference,
      read(work),
      read(reference),
      'yours',
      'reference',
    )
    for (const line of patch.trimEnd().split('\n').slice(1)) {
      const colour = line.startsWith('+') ? 'green' : line.startsWith('-') ? 'red' : 'dim'
      print(look.paint(colour, line))
    }
    return 0
  },
})
