import type { LoadedStep } from '../catalogue/load-steps.ts'
import { WorkshopError } from '../errors.ts'
import { type HistoryEvent, passedSteps } from '../report/history.ts'

/** The first step that was not passed yet. @throws WorkshopError E_NOTHING_LEFT */
export function currentStep(steps: LoadedStep[], events: HistoryEvent[]): LoadedStep {
  const passed = passedSteps(events)
  const step = steps.find(({ id }) => !passed.has(id))
  if (!step) throw new WorkshopError('E_NOTHING_LEFT', { example: steps.at(-1)?.id ?? '' })
  return step
}
